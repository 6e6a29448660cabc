//! The flow chart of a power item: its steps in order, each with its time limit.

use askama::{Template, filters::HtmlSafe};

use super::{chart::text_width, i18n::Lang, parts::say};
use crate::model::FlowText;

const BOX_WIDTH: u64 = 160;
const BOX_HEIGHT: u64 = 64;
const GAP: u64 = 32;
const TEXT_SIZE: u64 = 13;

struct Step {
    x: u64,
    y: u64,
    middle: u64,
    full: String,
    lines: Vec<(u64, String)>,
    limit_y: u64,
    limit: String,
}

/// The flow chart at one width.
#[derive(Template)]
#[template(path = "parts/flow.html")]
pub(crate) struct Flow {
    class: &'static str,
    title: &'static str,
    width: u64,
    height: u64,
    box_width: u64,
    box_height: u64,
    steps: Vec<Step>,
    arrows: Vec<String>,
    marker: &'static str,
}
impl HtmlSafe for Flow {}

impl Flow {
    /// The chart for wide pages, turning back at the end of each row, and for narrow ones, straight down.
    pub(crate) fn both(flow: &[FlowText], lang: Lang) -> [Self; 2] {
        [Self::new(flow, lang, 5, "wide"), Self::new(flow, lang, 1, "narrow")]
    }

    fn new(flow: &[FlowText], lang: Lang, per_row: u64, class: &'static str) -> Self {
        let narrow = per_row == 1;
        let box_width = if narrow { 300 } else { BOX_WIDTH };
        let gap = if narrow { 20 } else { GAP };
        let place = |i: u64| {
            let (row, at) = (i / per_row, i % per_row);
            let column = if row.is_multiple_of(2) { at } else { per_row - 1 - at };
            (2 + column * (box_width + gap), 2 + row * (BOX_HEIGHT + gap))
        };
        let count = flow.len() as u64;
        let steps: Vec<Step> = (0..count)
            .zip(flow)
            .map(|(i, step)| {
                let (x, y) = place(i);
                let lines = wrap(&format!("{}. {}", i + 1, step.name), box_width - 12, 2);
                let limit = say(&step.limit, lang);
                let height = lines.len() as u64 * 18 + if limit.is_empty() { 0 } else { 16 };
                let first = y + (BOX_HEIGHT - height) / 2 + 13;
                Step {
                    x,
                    y,
                    middle: x + box_width / 2,
                    full: step.name.clone(),
                    limit_y: first + lines.len() as u64 * 18 - 1,
                    lines: (0..).zip(lines).map(|(n, text)| (first + n * 18, text)).collect(),
                    limit,
                }
            })
            .collect();
        let arrows = steps.windows(2).map(|pair| arrow(&pair[0], &pair[1], box_width)).collect();
        let rows = count.div_ceil(per_row).max(1);
        let columns = count.clamp(1, per_row);
        Self {
            class,
            title: lang.words().flow_chart,
            width: columns * (box_width + gap) - gap + 4,
            height: rows * (BOX_HEIGHT + gap) - gap + 4,
            box_width,
            box_height: BOX_HEIGHT,
            steps,
            arrows,
            marker: if narrow { "tip-n" } else { "tip-w" },
        }
    }
}

/// From one box to the next: right, left or down.
fn arrow(from: &Step, to: &Step, box_width: u64) -> String {
    let half = BOX_HEIGHT / 2;
    if to.y > from.y {
        format!("M{} {}V{}", from.middle, from.y + BOX_HEIGHT, to.y - 2)
    } else if to.x > from.x {
        format!("M{} {}H{}", from.x + box_width, from.y + half, to.x - 2)
    } else {
        format!("M{} {}H{}", from.x, from.y + half, to.x + box_width + 2)
    }
}

/// Breaks a text into at most `lines_max` lines of `width`; what is left over ends in an ellipsis.
fn wrap(text: &str, width: u64, lines_max: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let full = lines
            .last()
            .is_some_and(|line| text_width(line, TEXT_SIZE) + text_width(&c.to_string(), TEXT_SIZE) > width);
        if full {
            if lines.len() == lines_max {
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
                return lines;
            }
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn wraps_chinese_by_squares_and_cuts_what_is_too_long() {
        assert_eq!(wrap("立案", 148, 2), ["立案"]);
        let lines = wrap("责令改正违法行为并告知当事人依法享有的陈述申辩以及要求听证的权利", 148, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        assert!(lines.iter().all(|line| text_width(line, TEXT_SIZE) <= 148), "{lines:?}");
    }

    #[test]
    fn boxes_do_not_overlap_and_stay_inside() {
        for n in [0usize, 1, 5, 6, 11] {
            let flow: Vec<FlowText> = (0..n)
                .map(|i| FlowText { name: format!("步骤{i}"), limit: Text::label("7个工作日", "7 working days") })
                .collect();
            for chart in Flow::both(&flow, Lang::Zh) {
                for (i, a) in chart.steps.iter().enumerate() {
                    assert!(a.x + chart.box_width <= chart.width && a.y + chart.box_height <= chart.height);
                    for b in &chart.steps[i + 1..] {
                        assert!(a.x.abs_diff(b.x) >= chart.box_width || a.y.abs_diff(b.y) >= chart.box_height);
                    }
                }
                chart.render().unwrap();
            }
        }
    }
}
