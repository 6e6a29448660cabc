//! Why a deadline ends on its day, for a person to check by hand.

use jiff::civil::Date;

use crate::citation::{ACL, APL, ARL, CPL, Citation};

use super::{Period, Suspension};

/// How a last day came about, or why there is none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The period, without what prolonged it.
    pub period: Period,
    /// The day of the act; not counted.
    pub start: Date,
    /// The first day counted; `None` if none was.
    pub first_counted: Option<Date>,
    /// Runs of days that were passed over while counting.
    pub skipped: Vec<Skipped>,
    /// Saturdays and Sundays that were counted, because the State Council made them working days.
    pub shifted: Vec<Date>,
    /// What it was prolonged by.
    pub extensions: Vec<Prolonged>,
    /// Set if the last day was no working day.
    pub moved: Option<Moved>,
    /// The last day; `None` while suspended.
    pub due: Option<Date>,
    /// The open suspension it stands in.
    pub suspended: Option<Suspension>,
    /// The article.
    pub source: String,
}

/// Days in a row that were passed over for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The first of them.
    pub from: Date,
    /// The last of them.
    pub to: Date,
    /// Why.
    pub why: Why,
}

/// Why a day does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A day off by the State Council's notice.
    Holiday {
        /// As the notice names it.
        name: String,
    },
    /// The period was suspended.
    Suspension {
        /// Why, in Chinese.
        reason_zh: String,
        /// Why, in English.
        reason_en: String,
    },
}

/// One prolongation and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prolonged {
    /// By how much.
    pub period: Period,
    /// The last day without it.
    pub from: Date,
    /// The last day with it.
    pub to: Date,
    /// Why, in Chinese.
    pub reason_zh: String,
    /// Why, in English.
    pub reason_en: String,
}

/// A last day that moved to the next working day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The last day as counted.
    pub from: Date,
    /// The days passed over, that day first.
    pub over: Vec<Skipped>,
}

/// Adds a day to the runs, lengthening the last one where it continues it.
pub(super) fn push_day(runs: &mut Vec<Skipped>, day: Date, why: Why) {
    match runs.last_mut() {
        Some(run) if run.why == why && run.to.tomorrow().is_ok_and(|next| next == day) => run.to = day,
        _ => runs.push(Skipped { from: day, to: day, why }),
    }
}

impl Skipped {
    /// How many days.
    pub fn days(&self) -> i64 {
        self.from.duration_until(self.to).as_hours() / 24 + 1
    }
}

impl Why {
    /// In Chinese.
    pub fn to_zh(&self) -> &str {
        match self {
            Why::Weekend => "周末",
            Why::Holiday { name } => name,
            Why::Suspension { reason_zh, .. } => reason_zh,
        }
    }

    /// In English.
    pub fn to_en(&self) -> String {
        match self {
            Why::Weekend => "weekend".to_owned(),
            Why::Holiday { name } => name.split('、').map(festival_en).collect::<Vec<_>>().join(" and "),
            Why::Suspension { reason_en, .. } => reason_en.clone(),
        }
    }
}

/// What moves a last day off a holiday, where the statute itself says nothing of it.
const CPL_85: Citation = Citation::article(&CPL, 85);

/// The articles by which the days of a statute's short periods are working days.
const WORKING_DAYS: [Citation; 3] =
    [Citation::article(&APL, 85), Citation::article(&ACL, 69), Citation::article(&ARL, 88)];

impl Explanation {
    /// The statute that its source names first, of those that say how days are counted.
    fn counted_by(&self) -> Option<Citation> {
        WORKING_DAYS.into_iter().find(|article| self.source.starts_with(&format!("《{}》", article.statute.zh)))
    }

    /// The article that makes days working days, where the period has such days and the statute does not say so itself.
    fn working_days(&self) -> Option<Citation> {
        self.counted_by().filter(|_| matches!(self.period, Period::WorkingDays(_)))
    }

    /// The article that moves the last day: of these statutes ARL alone has one, which refers to the Civil Procedure Law.
    fn moves(&self) -> Option<Citation> {
        self.counted_by().filter(|article| article.statute == &ARL)
    }

    /// A few sentences in Chinese.
    pub fn to_zh(&self) -> String {
        let mut text = format!("期限{}，自{}起算，当日不计入", self.period.to_zh(), day_zh(self.start));
        if let Some(first) = self.first_counted {
            text += &format!("，第一日为{}", day_zh(first));
        }
        text += "。";
        if !self.skipped.is_empty() {
            let parts: Vec<String> = by_reason(&self.skipped)
                .into_iter()
                .map(|(why, runs)| format!("{}（{}）", why.to_zh(), runs_text(&runs, range_zh, "、", dense_zh)))
                .collect();
            text += &format!("不计入的日子：{}。", parts.join("；"));
        }
        if !self.shifted.is_empty() {
            let days: Vec<String> = self.shifted.iter().map(|day| day_zh(*day)).collect();
            text += &format!("{}为调休上班日，计入。", days.join("、"));
        }
        for extension in &self.extensions {
            let Prolonged { period, from, to, reason_zh, .. } = extension;
            text += &format!("延长{}（{reason_zh}），由{}延至{}。", period.to_zh(), day_zh(*from), day_zh(*to));
        }
        if let Some(article) = self.working_days() {
            text += &format!("“日”指工作日，依据{}。", article.zh());
        }
        if let Some(Moved { from, over }) = &self.moved {
            let why: Vec<&str> = over.iter().take(1).map(|run| run.why.to_zh()).collect();
            let by = match self.moves() {
                Some(article) => format!("依据{}", article.zh()),
                None => format!("参照{}", CPL_85.zh()),
            };
            text += &format!("最后一日{}不是工作日（{}），{by}顺延至其后第一个工作日。", day_zh(*from), why.concat());
        }
        if let Some(due) = self.due {
            text += &format!("{}届满。", day_zh(due));
        }
        if let Some(Suspension { from, reason_zh, .. }) = &self.suspended {
            text += &format!("自{}起中止（{reason_zh}），恢复计算前尚无届满日。", day_zh(*from));
        }
        if !self.source.is_empty() {
            text += &format!("依据：{}。", self.source);
        }
        text
    }

    /// A few sentences in English.
    pub fn to_en(&self) -> String {
        let mut text =
            format!("The period is {} from {}; that day is not counted", self.period.to_en(), day_en(self.start));
        if let Some(first) = self.first_counted {
            text += &format!(", and {} is the first day counted", day_en(first));
        }
        text += ".";
        if !self.skipped.is_empty() {
            let parts: Vec<String> = by_reason(&self.skipped)
                .into_iter()
                .map(|(why, runs)| format!("{} ({})", why.to_en(), runs_text(&runs, range_en, ", ", dense_en)))
                .collect();
            text += &format!(" Not counted: {}.", parts.join("; "));
        }
        if !self.shifted.is_empty() {
            let days: Vec<String> = self.shifted.iter().map(|day| day_en(*day)).collect();
            text += &format!(" Counted, as shifted working days: {}.", days.join(", "));
        }
        for extension in &self.extensions {
            let Prolonged { period, from, to, reason_en, .. } = extension;
            let (from, to) = (day_en(*from), day_en(*to));
            text += &format!(" Extended by {} ({reason_en}), from {from} to {to}.", period.to_en());
        }
        if let Some(article) = self.working_days() {
            text += &format!(" Days are working days under {}.", article.en());
        }
        if let Some(Moved { from, over }) = &self.moved {
            let why: Vec<String> = over.iter().take(1).map(|run| run.why.to_en()).collect();
            let (from, why) = (day_en(*from), why.concat());
            let by = match self.moves() {
                Some(article) => format!("under {}", article.en()),
                None => format!("by analogy with {}", CPL_85.en()),
            };
            text += &format!(" The last day, {from}, is not a working day ({why}), so {by} it moves to the next one.");
        }
        if let Some(due) = self.due {
            text += &format!(" It ends on {}.", day_en(due));
        }
        if let Some(Suspension { from, reason_en, .. }) = &self.suspended {
            text += &format!(" Suspended from {} ({reason_en}); it has no last day until it resumes.", day_en(*from));
        }
        if !self.source.is_empty() {
            text += &format!(" Basis: {}.", self.source);
        }
        text
    }
}

/// The runs of each reason together, reasons in the order they first occur.
fn by_reason(runs: &[Skipped]) -> Vec<(&Why, Vec<&Skipped>)> {
    let mut groups: Vec<(&Why, Vec<&Skipped>)> = Vec::new();
    for run in runs {
        match groups.iter_mut().find(|(why, _)| **why == run.why) {
            Some((_, group)) => group.push(run),
            None => groups.push((&run.why, vec![run])),
        }
    }
    groups
}

/// More runs than this are told by their number: nobody checks thirty weekends one by one.
const RUNS_TOLD_MAX: usize = 6;

fn runs_text(
    runs: &[&Skipped],
    range: fn(Date, Date) -> String,
    separator: &str,
    dense: fn(i64, Date, Date) -> String,
) -> String {
    match (runs, runs.len() > RUNS_TOLD_MAX) {
        ([first, .., last], true) => dense(runs.iter().map(|run| run.days()).sum(), first.from, last.to),
        _ => runs.iter().map(|run| range(run.from, run.to)).collect::<Vec<_>>().join(separator),
    }
}

fn dense_zh(days: i64, from: Date, to: Date) -> String {
    format!("{}间共{days}日", range_zh(from, to))
}

fn dense_en(days: i64, from: Date, to: Date) -> String {
    format!("{days} days within {}", range_en(from, to))
}

fn day_zh(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// `2025年10月1日至8日`: what the two days share is said once.
fn range_zh(from: Date, to: Date) -> String {
    let first = day_zh(from);
    if from == to {
        first
    } else if from.first_of_month() == to.first_of_month() {
        format!("{first}至{}日", to.day())
    } else if from.year() == to.year() {
        format!("{first}至{}月{}日", to.month(), to.day())
    } else {
        format!("{first}至{}", day_zh(to))
    }
}

fn day_en(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `1–8 October 2025`: what the two days share is said once.
fn range_en(from: Date, to: Date) -> String {
    let last = day_en(to);
    if from == to {
        last
    } else if from.first_of_month() == to.first_of_month() {
        format!("{}–{last}", from.day())
    } else if from.year() == to.year() {
        format!("{} – {last}", from.strftime("%-d %B"))
    } else {
        format!("{} – {last}", day_en(from))
    }
}

fn festival_en(name: &str) -> &str {
    match name {
        "元旦" => "New Year",
        "春节" => "Spring Festival",
        "清明节" => "Tomb-Sweeping Day",
        "劳动节" => "Labour Day",
        "端午节" => "Dragon Boat Festival",
        "中秋节" => "Mid-Autumn Festival",
        "国庆节" => "National Day",
        other => other,
    }
}
