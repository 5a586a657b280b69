//! The figures as a picture: what a turn costs by size beside its bound, and turn by turn.

use std::fmt::Write;

/// One line of the picture.
pub struct Series {
    /// What it is of.
    pub name: String,
    /// Forces at the start.
    pub forces: usize,
    /// Milliseconds of each turn.
    pub turns: Vec<f64>,
    /// The 95th percentile, milliseconds.
    pub p95: f64,
    /// Its bound.
    pub bound: f64,
}

const COLOURS: [&str; 4] = ["#3b6ea5", "#b5651d", "#4f8a4f", "#7a4fa3"];

/// Both panels on logarithmic axes, as SVG.
pub fn svg(all: &[Series]) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 400\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"900\" height=\"400\" fill=\"white\"/>\n",
    );
    let y = |ms: f64| 350.0 - (ms.max(0.1).log10() + 1.0) * 75.0;
    for (left, title) in [
        (60.0, "a turn by forces: p95 and bound"),
        (510.0, "turn by turn"),
    ] {
        let _ = writeln!(out, "<text x=\"{left}\" y=\"20\">{title}, ms</text>");
        for power in -1..=3 {
            let ms = 10_f64.powi(power);
            let at = y(ms);
            let _ = writeln!(
                out,
                "<line x1=\"{left}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{ms}</text>",
                left + 350.0,
                left - 6.0,
                at + 4.0
            );
        }
    }
    let x = |forces: usize| 60.0 + ((forces.max(100) as f64).log10() - 2.0) * 140.0;
    let line = |points: &[(f64, f64)], colour: &str, dash: &str| {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        format!(
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dash}\" points=\"{}\"/>\n",
            points.join(" ")
        )
    };
    let took: Vec<_> = all.iter().map(|s| (x(s.forces), y(s.p95))).collect();
    let bound: Vec<_> = all.iter().map(|s| (x(s.forces), y(s.bound))).collect();
    out.push_str(&line(&took, "#222", ""));
    out.push_str(&line(&bound, "#b03030", "5 4"));
    for (series, colour) in all.iter().zip(COLOURS) {
        let _ = writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/>\
             <text x=\"{:.1}\" y=\"370\">{} ({})</text>",
            x(series.forces),
            y(series.p95),
            x(series.forces) - 20.0,
            series.name,
            series.forces
        );
        let last = series.turns.len().max(2) as f64 - 1.0;
        let points: Vec<_> = series
            .turns
            .iter()
            .enumerate()
            .map(|(i, ms)| (510.0 + 350.0 * i as f64 / last, y(*ms)))
            .collect();
        out.push_str(&line(&points, colour, ""));
    }
    out.push_str("</svg>\n");
    out
}
