//! A list that may be long, in a scroll area: of a long one only the lines in sight are laid out, so that ten thousand
//! cost no more than thirty. How high the others are is remembered from when they were seen, else guessed.

use bevy_egui::egui::Ui;

/// Lines that are always laid out, so that in a list of usual length nothing is left out.
const USUAL: usize = 80;
/// How high a line is that was never seen, points.
const GUESS: f32 = 20.0;

#[derive(Clone, Default)]
struct Heights {
    width: f32,
    lines: Vec<f32>,
}

/// Shows so many lines, each by its number.
pub fn show(ui: &mut Ui, id: &str, count: usize, mut line: impl FnMut(&mut Ui, usize)) {
    if count <= USUAL {
        for number in 0..count {
            line(ui, number);
        }
        return;
    }
    let id = ui.id().with(("long", id));
    let width = ui.available_width();
    let mut heights =
        ui.data_mut(|data| std::mem::take(data.get_temp_mut_or_default::<Heights>(id)));
    if heights.width != width {
        heights = Heights {
            width,
            lines: Vec::new(),
        };
    }
    heights.lines.resize(count, GUESS);
    let seen = ui.clip_rect();
    let mut top = ui.cursor().top();
    let mut left_out = 0.0;
    for (number, height) in heights.lines.iter_mut().enumerate() {
        if top + *height < seen.top() || top > seen.bottom() {
            left_out += *height;
            top += *height;
            continue;
        }
        ui.add_space(left_out);
        left_out = 0.0;
        let begin = ui.cursor().top();
        ui.push_id(number, |ui| line(ui, number));
        top = ui.cursor().top();
        *height = top - begin;
    }
    ui.add_space(left_out);
    ui.data_mut(|data| data.insert_temp(id, heights));
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::{Context, RawInput, ScrollArea, Vec2};

    use super::*;

    /// Lines laid out when the list is scrolled so far, and how high all of it is.
    fn seen(ctx: &Context, count: usize, offset: f32) -> (Vec<usize>, f32) {
        let (mut lines, mut height) = (Vec::new(), 0.0);
        for _ in 0..2 {
            lines.clear();
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                lines.clear();
                let area = ScrollArea::vertical()
                    .max_height(200.0)
                    .vertical_scroll_offset(offset);
                height = area
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = 4.0;
                        show(ui, "list", count, |ui, number| {
                            lines.push(number);
                            ui.allocate_space(Vec2::new(50.0, 26.0));
                        });
                    })
                    .content_size
                    .y;
            });
            output.textures_delta.clear();
        }
        (lines, height)
    }

    #[test]
    fn of_a_long_list_the_lines_in_sight_are_laid_out() {
        let ctx = Context::default();
        assert_eq!(seen(&ctx, 80, 0.0).0.len(), 80);
        let (lines, height) = seen(&ctx, 10_000, 0.0);
        assert_eq!(lines, (0..7).collect::<Vec<_>>());
        assert!(height >= 10_000.0 * GUESS, "{height}");
        let (lines, _) = seen(&ctx, 10_000, 100_000.0);
        assert!((7..=9).contains(&lines.len()), "{lines:?}");
        assert!(lines.windows(2).all(|pair| pair[1] == pair[0] + 1));
        assert!(lines[0] > 4_000, "{lines:?}");
    }
}
