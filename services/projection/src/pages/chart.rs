//! Charts: plain SVG computed here. Each is drawn twice, for wide and for narrow pages, at its natural size, so that its
//! labels stay legible; its numbers stand in a table below.

use askama::{Template, filters::HtmlSafe};

use super::i18n::{Lang, Words};
use crate::model::MonthCount;

/// Height of the months' chart.
const HEIGHT: u64 = 200;
const TOP: u64 = 28;
const BOTTOM: u64 = 24;
const LEFT: u64 = 40;

/// A column.
struct Column {
    class: &'static str,
    x: u64,
    y: u64,
    width: u64,
    height: u64,
}

/// A label at a place.
struct Label {
    x: u64,
    y: u64,
    text: String,
}

/// An entry of the legend.
struct Key {
    class: &'static str,
    x: u64,
    text_x: u64,
    text: &'static str,
    line: bool,
}

/// Months: filed and closed as columns, findings as a line.
#[derive(Template)]
#[template(path = "parts/months.html")]
pub(crate) struct Months {
    class: &'static str,
    title: &'static str,
    width: u64,
    height: u64,
    right: u64,
    left: u64,
    base: u64,
    ticks: Vec<Label>,
    columns: Vec<Column>,
    labels: Vec<Label>,
    points: String,
    dots: Vec<(u64, u64)>,
    keys: Vec<Key>,
}
impl HtmlSafe for Months {}

impl Months {
    /// The chart for wide and for narrow pages.
    pub(crate) fn both(months: &[MonthCount], lang: Lang) -> [Self; 2] {
        [Self::new(months, lang, 640, "wide"), Self::new(months, lang, 336, "narrow")]
    }

    fn new(months: &[MonthCount], lang: Lang, width: u64, class: &'static str) -> Self {
        let w = lang.words();
        let most = months.iter().map(|m| m.filed.max(m.closed).max(m.findings)).max().unwrap_or(0);
        let step = nice_step(most, 4);
        let top = most.div_ceil(step).max(1) * step;
        let (base, right) = (HEIGHT - BOTTOM, width - 4);
        let y = |n: u64| base - n * (base - TOP) / top;
        let slot = (right - LEFT) / (months.len() as u64).max(1);
        let bar = (slot / 3).clamp(2, 20);
        let every = (months.len() * if width < 400 { 22 } else { 36 })
            .div_ceil(usize::try_from(right - LEFT).unwrap_or(1))
            .max(1);

        let mut chart = Self {
            class,
            title: w.months_chart,
            width,
            height: HEIGHT,
            right,
            left: LEFT,
            base,
            ticks: (0..=top / step)
                .map(|i| Label { x: LEFT - 6, y: y(i * step), text: (i * step).to_string() })
                .collect(),
            columns: Vec::new(),
            labels: Vec::new(),
            points: String::new(),
            dots: Vec::new(),
            keys: keys(w),
        };
        for (i, month) in months.iter().enumerate() {
            let middle = LEFT + slot * i as u64 + slot / 2;
            let column = |class, x, n| Column { class, x, y: y(n), width: bar, height: base - y(n) };
            chart.columns.push(column("a", middle - bar - 1, month.filed));
            chart.columns.push(column("b", middle + 1, month.closed));
            if i % every == 0 {
                chart.labels.push(Label {
                    x: middle,
                    y: HEIGHT - 8,
                    text: month_label(&month.month, lang, width < 400),
                });
            }
            chart.dots.push((middle, y(month.findings)));
        }
        chart.points = chart.dots.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
        chart
    }
}

/// The legend, laid out by the width of its words.
fn keys(w: &Words) -> Vec<Key> {
    let mut x = LEFT;
    [("a", w.filed, false), ("b", w.closed, false), ("lw", w.findings, true)]
        .into_iter()
        .map(|(class, text, line)| {
            let key = Key { class, x, text_x: x + 16, text, line };
            x += 16 + text_width(text, 12) + 20;
            key
        })
        .collect()
}

/// `3月`, `Mar`; on narrow pages the number alone.
fn month_label(month: &str, lang: Lang, narrow: bool) -> String {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let number: usize = month.get(5..7).and_then(|n| n.parse().ok()).unwrap_or(0);
    match lang {
        _ if narrow => number.to_string(),
        Lang::Zh => format!("{number}月"),
        Lang::En => NAMES.get(number.wrapping_sub(1)).map_or_else(|| month.to_owned(), |name| (*name).to_owned()),
    }
}

/// A round step so that at most `ticks` of them reach `most`.
fn nice_step(most: u64, ticks: u64) -> u64 {
    let mut unit = 1;
    loop {
        for factor in [1, 2, 5] {
            if unit * factor * ticks >= most {
                return unit * factor;
            }
        }
        unit *= 10;
    }
}

/// How wide a text is set, nearly: a Chinese character is a square, a Latin one a little more than half.
pub(crate) fn text_width(text: &str, size: u64) -> u64 {
    text.chars().map(|c| if u32::from(c) < 0x2e80 { size * 58 / 100 } else { size }).sum()
}

/// One bar in a table row, as a share of the longest.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" width="100%" height="8" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="{{ class }}" width="{{ share }}" height="8"/></svg>"#
)]
pub(crate) struct Bar {
    class: &'static str,
    share: u64,
}
impl HtmlSafe for Bar {}

impl Bar {
    pub(crate) fn new(class: &'static str, n: u64, most: u64) -> Self {
        let share = if most == 0 { 0 } else { n.saturating_mul(100).div_ceil(most).min(100) };
        Self { class, share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (most, want) in [(0, 1), (3, 1), (4, 1), (5, 2), (17, 5), (79, 20), (81, 50), (401, 200)] {
            assert_eq!(nice_step(most, 4), want, "{most}");
        }
    }

    #[test]
    fn columns_stay_inside_the_chart() {
        let months: Vec<MonthCount> = (1..=24)
            .map(|i| MonthCount {
                month: format!("2026-{i:02}"),
                filed: i * 37,
                closed: 900 - i,
                findings: i,
                ..MonthCount::default()
            })
            .collect();
        for n in [0, 1, 12, 24] {
            for chart in Months::both(&months[..n], Lang::Zh) {
                for c in &chart.columns {
                    assert!(c.x >= chart.left && c.x + c.width <= chart.width && c.y + c.height == chart.base, "{n}");
                    assert!(c.y >= TOP);
                }
                for pair in chart.labels.windows(2) {
                    assert!(pair[1].x - pair[0].x >= text_width(&pair[0].text, 12), "{n}");
                }
                chart.render().unwrap();
            }
        }
    }
}
