//! A scene as an SVG document.

use std::fmt::Write;

use super::scene::{Anchor, Area, Colour, Form, Pos, Scene, Stroke, Text, Weight};

/// The scene as SVG 1.1 text. Names are escaped, letters that XML does not allow are left out.
pub fn svg(scene: &Scene) -> String {
    let mut out = String::with_capacity(scene.shapes.len() * 120 + 400);
    let (width, height) = scene.size;
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" font-family="Roboto" stroke-linecap="round" stroke-linejoin="round">"#,
        Number(width),
        Number(height)
    );
    for shape in &scene.shapes {
        // Writing to a String cannot fail.
        let _ = form(&mut out, &shape.form);
    }
    out.push_str("</svg>\n");
    out
}

/// A fading shape, filled from a gradient of its own.
fn glow(
    out: &mut String,
    points: &[Pos],
    (centre, reach): (Pos, f32),
    colour: Colour,
) -> std::fmt::Result {
    if colour.a == 0 {
        return Ok(());
    }
    // Where it stands in the document is a name that nothing else has.
    let name = out.len();
    let Colour { r, g, b, a } = colour;
    write!(
        out,
        "<radialGradient id=\"g{name}\" gradientUnits=\"userSpaceOnUse\" cx=\"{}\" cy=\"{}\" r=\"{}\">",
        Number(centre.x),
        Number(centre.y),
        Number(reach.max(0.01))
    )?;
    for step in 0..=6_u8 {
        let share = super::FADE + (1.0 - super::FADE) * f32::from(step) / 6.0;
        let opacity = f32::from(a) / 255.0 * super::glow(share);
        write!(
            out,
            "<stop offset=\"{share:.3}\" stop-color=\"#{r:02x}{g:02x}{b:02x}\" stop-opacity=\"{opacity:.4}\"/>"
        )?;
    }
    write!(out, "</radialGradient>\n<polygon fill=\"url(#g{name})\"")?;
    point_list(out, points)
}

/// Specks as one path of round dots.
fn grain(out: &mut String, points: &[Pos], radius: f32, colour: Colour) -> std::fmt::Result {
    if points.is_empty() || colour.a == 0 {
        return Ok(());
    }
    out.push_str("<path fill=\"none\"");
    stroke_attributes(out, &Stroke::new(colour, radius * 2.0))?;
    out.push_str(" d=\"");
    for point in points {
        write!(out, "M{} {}h0.01", Number(point.x), Number(point.y))?;
    }
    out.push_str("\"/>\n");
    Ok(())
}

/// Pixels as a picture within the document.
#[cfg(feature = "chart")]
fn image(out: &mut String, area: Area, ground: super::ground::Id) -> std::fmt::Result {
    let Some(letters) = super::png::letters(ground) else {
        return Ok(());
    };
    write!(
        out,
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,",
        Number(area.min.x),
        Number(area.min.y),
        Number(area.max.x - area.min.x),
        Number(area.max.y - area.min.y)
    )?;
    out.push_str(&letters);
    out.push_str("\"/>\n");
    Ok(())
}

/// Without the drawing library the ground is left plain.
#[cfg(not(feature = "chart"))]
fn image(_out: &mut String, _area: Area, _ground: super::ground::Id) -> std::fmt::Result {
    Ok(())
}

fn form(out: &mut String, form: &Form) -> std::fmt::Result {
    match form {
        Form::Polyline { points, stroke } => {
            if stroke.colour.a == 0 {
                return Ok(());
            }
            out.push_str("<polyline fill=\"none\"");
            stroke_attributes(out, stroke)?;
            point_list(out, points)
        }
        Form::Polygon {
            points,
            fill,
            stroke,
        } => {
            if fill.a == 0 && stroke.is_none() {
                return Ok(());
            }
            out.push_str("<polygon");
            paint(out, "fill", *fill)?;
            if let Some(stroke) = stroke {
                stroke_attributes(out, stroke)?;
            }
            point_list(out, points)
        }
        Form::Circle {
            centre,
            radius,
            fill,
            stroke,
        } => {
            if fill.a == 0 && stroke.is_none() {
                return Ok(());
            }
            write!(
                out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
                Number(centre.x),
                Number(centre.y),
                Number(radius.max(0.0))
            )?;
            paint(out, "fill", *fill)?;
            if let Some(stroke) = stroke {
                stroke_attributes(out, stroke)?;
            }
            out.push_str("/>\n");
            Ok(())
        }
        Form::Text(text) => letters(out, text),
        Form::Glow {
            points,
            centre,
            reach,
            colour,
        } => glow(out, points, (*centre, *reach), *colour),
        Form::Grain {
            points,
            radius,
            colour,
        } => grain(out, points, *radius, *colour),
        Form::Image { area, ground } => image(out, *area, *ground),
    }
}

fn letters(out: &mut String, text: &Text) -> std::fmt::Result {
    let anchor = match text.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    // Capitals of the family are 0.711 em high: their middle stands at the point.
    let baseline = text.at.y + text.size * 0.355;
    // Letter spacing also follows the last letter, which moves the middle.
    let x = match text.anchor {
        Anchor::Start => text.at.x,
        Anchor::Middle => text.at.x + text.spacing / 2.0,
        Anchor::End => text.at.x + text.spacing,
    };
    write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\"",
        Number(x),
        Number(baseline),
        Number(text.size)
    )?;
    if text.weight == Weight::Medium {
        out.push_str(" font-weight=\"500\"");
    }
    if text.spacing > 0.0 {
        write!(out, " letter-spacing=\"{}\"", Number(text.spacing))?;
    }
    paint(out, "fill", text.colour)?;
    if let Some(halo) = text.halo {
        out.push_str(" paint-order=\"stroke\" stroke-width=\"4\"");
        paint(out, "stroke", halo)?;
    }
    out.push('>');
    escape(out, &text.text);
    out.push_str("</text>\n");
    Ok(())
}

fn stroke_attributes(out: &mut String, stroke: &Stroke) -> std::fmt::Result {
    paint(out, "stroke", stroke.colour)?;
    write!(out, " stroke-width=\"{}\"", Number(stroke.width))?;
    if let Some((on, off)) = stroke.dash {
        write!(
            out,
            " stroke-dasharray=\"{} {}\" stroke-linecap=\"butt\"",
            Number(on),
            Number(off)
        )?;
    }
    Ok(())
}

fn paint(out: &mut String, what: &str, colour: Colour) -> std::fmt::Result {
    let Colour { r, g, b, a } = colour;
    if a == 0 {
        return write!(out, " {what}=\"none\"");
    }
    write!(out, " {what}=\"#{r:02x}{g:02x}{b:02x}\"")?;
    if a < 255 {
        write!(out, " {what}-opacity=\"{:.3}\"", f32::from(a) / 255.0)?;
    }
    Ok(())
}

fn point_list(out: &mut String, points: &[Pos]) -> std::fmt::Result {
    out.push_str(" points=\"");
    for (i, point) in points.iter().enumerate() {
        let gap = if i == 0 { "" } else { " " };
        write!(out, "{gap}{},{}", Number(point.x), Number(point.y))?;
    }
    out.push_str("\"/>\n");
    Ok(())
}

/// Text as XML takes it.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

/// A coordinate with as few digits as do.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = if self.0.is_finite() {
            self.0.clamp(-1e7, 1e7)
        } else {
            0.0
        };
        let hundredths = (f64::from(value) * 100.0).round() / 100.0;
        // Rust writes the shortest digits that mean the same; `-0` would be one more way to write 0.
        write!(f, "{}", hundredths + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out() {
        let mut out = String::new();
        escape(&mut out, "<b> & \"x\" \u{1} 'y'");
        assert_eq!(out, "&lt;b&gt; &amp; &quot;x&quot;  &apos;y&apos;");
        assert_eq!(Number(f32::NAN).to_string(), "0");
        assert_eq!(Number(-0.001).to_string(), "0");
        assert_eq!(Number(1.005_5).to_string(), "1.01");
    }
}
