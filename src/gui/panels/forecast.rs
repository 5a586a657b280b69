//! Fights to expect: the one at what is selected with all that is known of it, and the list of those that may come.

use bevy_egui::egui::{
    Align, Color32, CornerRadius, CursorIcon, Label, Layout, Rect, Response, RichText, ScrollArea,
    Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2,
};

use super::{ground, long, sums};
use crate::{
    chart::Tag,
    content::{Force, Key},
    gui::{
        Page, Table, UiAction,
        foresee::{Detail, Fight},
        reading::Act,
        table::{action_words, sentence},
        theme,
        words::{self, say},
    },
    sim::{
        forecast::{Bins, Forecast, Spread},
        order::{Action, Order},
        view::Confidence,
    },
    war::{Assumes, Joined, Outlook, tell},
};

/// How high the picture of a distribution is, points.
const HEIGHT: f32 = 32.0;

/// The page of fights to expect.
pub fn show(ui: &mut Ui, table: &Table) -> Vec<UiAction> {
    let mut actions = Vec::new();
    ScrollArea::vertical()
        .id_salt("outlook")
        .auto_shrink(false)
        .show(ui, |ui| {
            theme::tight(ui);
            let here = table.reading.here().and_then(|a| a.detail.as_ref());
            list(ui, table, here.map(|d| &d.fight), &mut actions);
            let some = table.reading.fights().is_some_and(|a| !a.fights.is_empty());
            if here.is_none() && some {
                theme::note(ui, say!("forecast-choose"));
            }
            if let Some(detail) = here {
                whole(ui, table, detail, &mut actions);
            }
        });
    actions
}

fn list(ui: &mut Ui, table: &Table, here: Option<&Fight>, actions: &mut Vec<UiAction>) {
    let Some(answer) = table.reading.fights() else {
        theme::heading(ui, &say!("forecast-list"));
        theme::note(ui, say!("forecast-thinking"));
        return;
    };
    theme::heading(ui, &say!("forecast-list-of", n = answer.fights.len()));
    if answer.fights.is_empty() {
        theme::note(ui, say!("forecast-none"));
    }
    if !answer.fights.is_empty() {
        heads(ui);
    }
    long::show(ui, "fights", answer.fights.len(), |ui, number| {
        let fight = &answer.fights[number];
        let name = tell::sector(table.view, fight.place.as_str());
        let is_here = here.is_some_and(|h| h.place == fight.place);
        let row = row(ui, &name, &fight.outlook.forecast, is_here);
        theme::spot(ui, &format!("fight {}", fight.place), &row);
        let mut about = words::of("forecast-assumes-long", key(fight.outlook.assumes));
        if fight.counts {
            about += &format!("\n{}", say!("forecast-counts"));
        }
        sums::hint(ui, &row, &about);
        if row.clicked() {
            actions.push(UiAction::Read(Act::Fight(fight.place.clone())));
        }
    });
    ui.add_space(8.0);
}

/// What stands over the columns of a table of fights.
fn heads(ui: &mut Ui) {
    let dim = |words: String| {
        RichText::new(words)
            .color(theme::dim())
            .size(theme::CAPTION)
    };
    let heads = [
        RichText::new(""),
        dim(say!("forecast-column-own")),
        dim(say!("forecast-column-foe")),
        dim(say!("forecast-column-hold")),
    ];
    columns(ui, heads, false, Sense::hover());
}

/// A fight in a line: what it is called, the middle of the losses, the chance to hold.
fn row(ui: &mut Ui, name: &str, forecast: &Forecast, marked: bool) -> Response {
    let (own, foe) = (forecast.own.quantiles[2], forecast.hostile.quantiles[2]);
    let cells = [
        RichText::new(name),
        RichText::new(tell::strength(own)),
        RichText::new(tell::strength(foe)),
        RichText::new(percent(forecast.holds)).color(odds(forecast.holds)),
    ];
    let response = columns(ui, cells, marked, Sense::click());
    response.widget_info(|| {
        let words = say!(
            "forecast-row",
            name = name,
            own = tell::strength(own),
            foe = tell::strength(foe),
            share = percent(forecast.holds)
        );
        WidgetInfo::labeled(WidgetType::Button, true, words)
    });
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The fight at what is selected in a few lines, for the inspector.
pub fn brief(ui: &mut Ui, table: &Table, actions: &mut Vec<UiAction>) {
    let Some(detail) = table.reading.here().and_then(|a| a.detail.as_ref()) else {
        return;
    };
    let fight = &detail.fight;
    let place = tell::sector(table.view, fight.place.as_str());
    let forecast = &fight.outlook.forecast;
    theme::heading(ui, &say!("forecast-at", place = place.as_str()));
    let hold = RichText::new(percent(forecast.holds)).color(odds(forecast.holds));
    let holds = sums::Figure::new("holds", assumes(fight.outlook.assumes), hold, || {
        chances(forecast)
    });
    sums::figure(ui, table, holds, actions);
    ground::show(ui, table, fight);
    let losses = say!(
        "forecast-losses",
        own = range(&forecast.own),
        foe = range(&forecast.hostile)
    );
    let more = sums::words(ui, RichText::new(losses).size(theme::CAPTION));
    if more.on_hover_text(say!("forecast-more")).clicked() {
        actions.push(UiAction::Turn(Page::Outlook));
    }
}

/// All that is known of one fight.
pub fn whole(ui: &mut Ui, table: &Table, detail: &Detail, actions: &mut Vec<UiAction>) {
    let fight = &detail.fight;
    let view = table.view;
    let forecast = &fight.outlook.forecast;
    let place = tell::sector(view, fight.place.as_str());
    let name = say!("forecast-fight-at", place = place.as_str());
    ui.add(Label::new(RichText::new(name).heading()).truncate());
    theme::note(
        ui,
        words::of("forecast-assumes-long", key(fight.outlook.assumes)),
    );
    let hold = RichText::new(percent(forecast.holds))
        .font(theme::medium(theme::HEADING))
        .color(odds(forecast.holds));
    let holds = sums::Figure::new("holds", say!("forecast-holds"), hold, || chances(forecast));
    sums::figure(ui, table, holds, actions);
    ground::show(ui, table, fight);
    let hue = theme::side(table.rank(&view.side));
    let foe = fight
        .outlook
        .against
        .first()
        .and_then(|k| view.contacts.get(k))
        .map_or(theme::dim(), |c| theme::side(table.rank(&c.side)));
    spread(ui, table, "own", &forecast.own, hue, actions);
    spread(ui, table, "hostile", &forecast.hostile, foe, actions);
    let known = say!(
        "forecast-known",
        samples = forecast.samples,
        known = confidence(forecast.confidence),
        age = forecast.age
    );
    theme::note(ui, known);
    if let Some(joined) = &fight.outlook.joined {
        let words = RichText::new(more_come(joined)).size(theme::CAPTION);
        ui.label(words.color(theme::attention()));
    }
    for (of, spread) in [("own", &forecast.own), ("hostile", &forecast.hostile)] {
        if spread.driven > 0 {
            let words = words::of("forecast-driven", of);
            let times = say!(
                "forecast-driven-off",
                share = tell::share(i64::from(spread.driven)),
                sp = tell::fine_strength(spread.after)
            );
            theme::figure(ui, &words, times);
        }
    }
    theme::note(ui, say!("forecast-on-top"));
    who(ui, table, &fight.outlook, actions);
    ordered(ui, table, detail);
    stances(ui, table, detail, actions);
}

/// One side's losses as a picture of all samples, with what nine of ten lie between.
fn spread(
    ui: &mut Ui,
    table: &Table,
    of: &str,
    spread: &Spread,
    hue: Color32,
    actions: &mut Vec<UiAction>,
) {
    let brings = tell::strength(spread.strength);
    let end = spread.bins.from + spread.bins.width * Bins::COUNT as i64;
    let word = words::of("forecast-lose", of);
    let value = RichText::new(range(spread)).color(theme::text());
    let figure = sums::Figure::new(format!("lose {of}"), word, value, || quantiles(of, spread));
    sums::figure(ui, table, figure, actions);
    let size = Vec2::new(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    histogram(ui, rect, spread, hue);
    response.widget_info(|| {
        let words = format!("{}: {}", words::of("forecast-lose", of), range(spread));
        WidgetInfo::labeled(WidgetType::Image, true, words)
    });
    ui.horizontal(|ui| {
        theme::note(ui, "0");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let axis = say!("forecast-axis", end = tell::strength(end), brings = brings);
            theme::note(ui, axis);
        });
    });
}

/// Bars of how many samples lost how much, from nothing to the most; marks at 5, 50 and 95 of a hundred.
fn histogram(ui: &Ui, rect: Rect, spread: &Spread, hue: Color32) {
    let painter = ui.painter();
    let bins = &spread.bins;
    let end = bins.from + bins.width * Bins::COUNT as i64;
    let all = end.max(1) as f32;
    let x = |hp: i64| rect.left() + rect.width() * (hp.max(0) as f32 / all).min(1.0);
    let most = bins.counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    painter.rect_filled(
        rect,
        CornerRadius::same(2),
        theme::colour(theme::palette().ground),
    );
    let floor = rect.bottom() - 1.0;
    for (index, count) in bins.counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        let from = bins.from + bins.width * index as i64;
        let height = (rect.height() - 6.0) * (*count as f32 / most);
        let left = x(from);
        let right = x(from + bins.width).max(left + 1.5);
        let bar = Rect::from_min_max(pos2(left, floor - height.max(1.0)), pos2(right, floor));
        painter.rect_filled(bar, CornerRadius::ZERO, hue.gamma_multiply(0.75));
    }
    let [low, _, middle, _, high] = spread.quantiles;
    for (at, width) in [(low, 1.0), (middle, 2.0), (high, 1.0)] {
        painter.vline(x(at), rect.y_range(), (width, theme::text()));
    }
}

fn who(ui: &mut Ui, table: &Table, outlook: &Outlook, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let with = outlook.with.iter();
    let with = with.map(|key| (tell::force(view, key.as_str()), Tag::Force(key.clone())));
    // Their side is said by the colour of the picture above; the number is enough here.
    let against = outlook.against.iter();
    let against = against.map(|key| (key.to_string(), Tag::Contact(key.clone())));
    for (words, all) in [
        (say!("forecast-with"), with.collect::<Vec<_>>()),
        (say!("forecast-against"), against.collect()),
    ] {
        sums::links(ui, words, all, actions);
    }
}

/// Which orders are taken into account, and what it would be without them.
fn ordered(ui: &mut Ui, table: &Table, detail: &Detail) {
    let Some(without) = &detail.without else {
        theme::note(ui, say!("forecast-no-orders"));
        return;
    };
    let with = &detail.fight.outlook.with;
    let counted: Vec<&Order> = table
        .pending
        .iter()
        .filter(|order| with.contains(&order.force) && bears(order))
        .collect();
    theme::heading(ui, &say!("forecast-orders", n = counted.len()));
    for order in counted {
        let force = tell::force(table.view, order.force.as_str());
        let words = sentence(&action_words(table.view, order));
        let line = RichText::new(format!("{force}: {words}")).size(theme::CAPTION);
        ui.add(Label::new(line).truncate());
    }
    let words = match without {
        Some(outlook) => say!(
            "forecast-without",
            share = percent(outlook.forecast.holds),
            own = tell::strength(outlook.forecast.own.quantiles[2]),
            foe = tell::strength(outlook.forecast.hostile.quantiles[2])
        ),
        None => say!("forecast-without-none"),
    };
    theme::note(ui, words);
}

/// Whether the forecast takes an order into account.
fn bears(order: &Order) -> bool {
    matches!(
        order.action,
        Action::Go { .. }
            | Action::Halt
            | Action::Stance(_)
            | Action::Posture(_)
            | Action::LossLimit(_)
    )
}

/// What each stance of the selected force would make of it; a press takes it up.
fn stances(ui: &mut Ui, table: &Table, detail: &Detail, actions: &mut Vec<UiAction>) {
    let view = table.view;
    let Some((force, own)) = table.acting() else {
        return;
    };
    if detail.stances.is_empty() {
        return;
    }
    let heading = if detail.together {
        say!("forecast-stances-all")
    } else {
        say!("forecast-stances", force = own.name.as_str())
    };
    theme::heading(ui, &heading);
    if detail.together {
        theme::note(ui, say!("forecast-stances-why"));
    }
    let now = table
        .orders_of(force)
        .filter_map(|(_, order)| match &order.action {
            Action::Stance(stance) => Some(stance),
            _ => None,
        })
        .last()
        .unwrap_or(&own.stance);
    heads(ui);
    for (stance, outlook) in &detail.stances {
        let known = view.rules.stances.get(stance);
        let name = known.map_or(stance.as_str(), |s| &s.name);
        let response = row(ui, name, &outlook.forecast, *stance == *now);
        theme::spot(ui, &format!("stance {stance}"), &response);
        let about = if known.is_some_and(|s| s.prepares) {
            say!("forecast-stance-forms")
        } else {
            say!("forecast-stance-take")
        };
        sums::hint(ui, &response, &about);
        if !response.clicked() {
            continue;
        }
        let order = |force: &Key<Force>| Order {
            force: force.clone(),
            action: Action::Stance(stance.clone()),
        };
        let all = detail.fight.outlook.with.iter();
        let whose: Vec<_> = all.filter(|f| detail.together || *f == force).collect();
        let orders = whose.into_iter().map(order);
        let orders = orders.filter(|order| table.refused(order).is_none());
        actions.extend(orders.map(UiAction::Give));
    }
}

/// A row of four: a name and three figures under one another.
fn columns(ui: &mut Ui, cells: [RichText; 4], marked: bool, sense: Sense) -> Response {
    let size = Vec2::new(ui.available_width(), theme::BODY + 4.0);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let lit = sense.senses_click() && (response.hovered() || response.has_focus());
    if marked || lit {
        let visuals = ui.visuals();
        let fill = if marked {
            visuals.selection.bg_fill
        } else {
            visuals.widgets.hovered.weak_bg_fill
        };
        ui.painter()
            .rect_filled(rect.expand2(Vec2::new(4.0, 0.0)), 4.0, fill);
    }
    let [name, rest @ ..] = cells;
    let step = 64.0;
    let first = rect.width() - step * rest.len() as f32;
    let at = |left: f32, width: f32| {
        Rect::from_min_size(
            pos2(rect.left() + left, rect.top()),
            Vec2::new(width, rect.height()),
        )
    };
    let mut put = |area: Rect, layout: Layout, text: RichText| {
        let builder = bevy_egui::egui::UiBuilder::new()
            .max_rect(area)
            .layout(layout);
        ui.scope_builder(builder, |ui| {
            ui.add(Label::new(text).truncate().selectable(false));
        });
    };
    put(at(0.0, first), Layout::left_to_right(Align::Center), name);
    for (index, text) in rest.into_iter().enumerate() {
        let area = at(first + step * index as f32, step);
        put(area, Layout::right_to_left(Align::Center), text);
    }
    response
}

/// Middle, and what nine of ten samples lie between.
fn range(spread: &Spread) -> String {
    let [low, _, middle, _, high] = spread.quantiles;
    say!(
        "forecast-range",
        middle = tell::strength(middle),
        low = tell::strength(low),
        high = tell::strength(high)
    )
}

/// Permille as whole percent: a forecast is no better than that.
fn percent(permille: i32) -> String {
    format!("{}%", (permille + 5) / 10)
}

fn odds(permille: i32) -> Color32 {
    if permille < 400 {
        theme::attention()
    } else {
        theme::text()
    }
}

/// How well something is known, in a word.
pub fn confidence(confidence: Confidence) -> String {
    let name = match confidence {
        Confidence::Fix => "fix",
        Confidence::Track => "track",
        Confidence::Plot => "plot",
        Confidence::Rumour => "rumour",
    };
    words::of("forecast-confidence", name)
}

fn key(assumes: Assumes) -> &'static str {
    match assumes {
        Assumes::Known => "known",
        Assumes::Caught => "caught",
        Assumes::TheyCome => "they-come",
        Assumes::WeGo => "we-go",
    }
}

/// What becomes of the fight if those join it who stand a lane away.
fn more_come(joined: &Joined) -> String {
    say!(
        "forecast-joined",
        n = joined.by.len(),
        share = percent(joined.forecast.holds),
        own = tell::strength(joined.forecast.own.quantiles[2]),
        foe = tell::strength(joined.forecast.hostile.quantiles[2])
    )
}

fn assumes(assumes: Assumes) -> String {
    words::of("forecast-assumes", key(assumes))
}

/// How the share of fights that hold the place was counted.
fn chances(forecast: &Forecast) -> crate::gui::sums::Sum {
    use crate::gui::sums::{Row, Sum, Unit};
    let held = i64::from(forecast.samples) * i64::from(forecast.holds) / 1000;
    Sum {
        title: say!("forecast-holds"),
        unit: Unit::Share,
        rows: vec![Row {
            name: say!("forecast-held", n = held, samples = forecast.samples),
            source: String::new(),
            value: i64::from(forecast.holds),
        }],
        total: i64::from(forecast.holds),
        notes: vec![say!("forecast-breaks", share = percent(forecast.breaks))],
    }
}

/// What so many of a hundred fights cost at most.
fn quantiles(of: &str, spread: &Spread) -> crate::gui::sums::Sum {
    use crate::gui::sums::{Row, Sum, Unit};
    let mut before = 0;
    let rows = [5, 25, 50, 75, 95].into_iter().zip(spread.quantiles);
    let rows = rows.map(|(share, hp)| {
        let more = hp - std::mem::replace(&mut before, hp);
        Row {
            name: say!(
                "forecast-quantile",
                share = share,
                loss = tell::strength(hp)
            ),
            source: String::new(),
            value: more,
        }
    });
    Sum {
        title: words::of("forecast-bad-day", of),
        unit: Unit::Strength,
        rows: rows.collect(),
        total: spread.quantiles[4],
        notes: vec![say!(
            "forecast-brings",
            sp = tell::strength(spread.strength)
        )],
    }
}
