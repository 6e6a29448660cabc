//! The fixed frame of every page, and what templates ask it for.

use std::{collections::BTreeSet, fmt::Display, sync::Arc, time::Duration};

use askama::{Template, filters::HtmlSafe};
use jiff::{Timestamp, civil::Date};
use law::{Citation, Rule, rule::Kind};
use serde::Serialize;

use super::{
    PageError, address,
    assets::{ICON, STYLESHEET},
    cite::{self, Cited},
    context::Cx,
    format,
    i18n::{Lang, Words},
    parts::{Chip, Choice, Due, Said, Shown, heading, say},
    room::Room,
    sorts::Sorts,
    terms,
};
use crate::{
    Services,
    model::{AsOf, Broken, CaseRow, DeadlineRow, DeadlineState, Link, RegionRow, StageCount},
    query::{LATE_RECORDING, sort::Sorting},
};

/// How long a page that needs no data waits for the name of a region.
const NAME_TIME_MAX: Duration = Duration::from_millis(500);

/// What surrounds a page.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) w: &'static Words,
    pub(crate) title: String,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) rooms: Vec<RoomLink>,
    pub(crate) place: String,
    pub(crate) who: String,
    pub(crate) signed_in: bool,
    /// The reader sees what is public, and no more.
    pub(crate) public: bool,
    /// Says that the data are invented, where they are.
    pub(crate) banner: Option<&'static str>,
    pub(crate) stylesheet: String,
    pub(crate) icon: String,
    pub(crate) other_lang_href: String,
    pub(crate) login_href: String,
    pub(crate) ran_out: bool,
    /// The day that the lists are looked at, where one was asked for.
    pub(crate) on: Option<Date>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) regions: Vec<RegionRow>,
    pub(crate) services: Arc<Services>,
    /// What the page was asked to look for.
    pub(crate) sought: String,
    /// How the list on the page is sorted, if there is one.
    pub(crate) sorts: Sorts,
    /// Titles of the statutes on record.
    laws: BTreeSet<String>,
}

/// A step of the way to this page.
pub(crate) struct Crumb {
    pub(crate) name: String,
    pub(crate) href: Option<String>,
}

impl Crumb {
    pub(crate) fn to(name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), href: Some(href.into()) }
    }
}

/// A room at the left.
pub(crate) struct RoomLink {
    pub(crate) name: &'static str,
    pub(crate) room: Room,
    pub(crate) href: String,
    pub(crate) current: bool,
    pub(crate) locked: bool,
}

/// A rule's id, leading to its card.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% if let Some(tip) = tip %}<a href="/rules#{{ id }}" title="{{ tip }}">{{ name }} <span class="code nowrap">{{ id }}</span></a>{% else if name.is_empty() %}<span class="code nowrap">{{ id }}</span>{% else %}{{ name }}{% endif %}"##
)]
pub(crate) struct RuleLink {
    id: String,
    name: String,
    tip: Option<String>,
}
impl HtmlSafe for RuleLink {}

/// A moment, readable by people and by machines.
#[derive(Template)]
#[template(ext = "html", source = r#"<time class="nowrap" datetime="{{ machine }}">{{ people }}</time>"#)]
pub(crate) struct Moment {
    machine: String,
    people: String,
}
impl HtmlSafe for Moment {}

/// A number that leads to the list behind it, where there is one for this reader.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% if let Some(href) = href %}<a href="{{ href }}">{{ text }}</a>{% else %}{{ text }}{% endif %}"#
)]
#[derive(Default)]
pub(crate) struct Number {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}
impl HtmlSafe for Number {}

impl Frame {
    /// A frame without data: for errors and for signing in. The reader's region is named if the views answer at once.
    pub(crate) async fn bare(cx: &Cx, title: impl Into<String>) -> Self {
        let asked = async { futures::try_join!(cx.ask().regions(cx.scope()), cx.ask().invented()) };
        let known = tokio::time::timeout(NAME_TIME_MAX, asked).await;
        let known = known.ok().and_then(Result::ok).unwrap_or_default();
        Self::build(cx, None, title.into(), Vec::new(), known, None)
    }

    /// The frame of a room's first page.
    ///
    /// # Errors
    /// [`PageError`] when the views do not answer.
    pub(crate) async fn of_room(cx: &Cx, room: Room) -> Result<Self, PageError> {
        Self::of(cx, room, room.name(cx.lang().words()), Vec::new()).await
    }

    /// The frame of a page inside a room; `between` are the crumbs between the room and the page.
    ///
    /// # Errors
    /// [`PageError`] when the views do not answer.
    pub(crate) async fn of(
        cx: &Cx,
        room: Room,
        title: impl Into<String>,
        between: Vec<Crumb>,
    ) -> Result<Self, PageError> {
        let (as_of, regions, invented, laws) = futures::try_join!(
            cx.ask().as_of(),
            cx.ask().regions(cx.scope()),
            cx.ask().invented(),
            cx.ask().statute_titles()
        )?;
        let frame = Self::build(cx, Some(room), title.into(), between, (regions, invented), Some(as_of));
        Ok(Self { laws, ..frame })
    }

    fn build(
        cx: &Cx,
        room: Option<Room>,
        title: String,
        between: Vec<Crumb>,
        (regions, invented): (Vec<RegionRow>, bool),
        as_of: Option<AsOf>,
    ) -> Self {
        let (lang, w) = (cx.lang(), cx.lang().words());
        let mut crumbs = vec![Crumb::to(w.overview, "/")];
        if let Some(room) = room.filter(|room| *room != Room::Overview) {
            crumbs.push(Crumb::to(room.name(w), room.path()));
        }
        crumbs.extend(between);
        match crumbs.last_mut() {
            Some(last) if last.name == title => last.href = None,
            _ => crumbs.push(Crumb { name: title.clone(), href: None }),
        }
        let query = cx.uri().query().unwrap_or_default();
        let here = address::replaced(cx.uri().path(), query, "lang", None);
        Self {
            lang,
            w,
            title,
            crumbs,
            rooms: Room::ALL
                .into_iter()
                .map(|r| RoomLink {
                    name: r.name(w),
                    room: r,
                    href: r.path().to_owned(),
                    current: Some(r) == room,
                    locked: !r.admits(cx.caller()),
                })
                .collect(),
            place: place(&regions, cx.caller().region.as_str()),
            who: who(cx, w),
            signed_in: cx.signed_in(),
            ran_out: cx.ran_out(),
            on: None,
            public: cx.scope().is_public(),
            banner: invented.then_some(w.invented),
            stylesheet: STYLESHEET.href(),
            icon: ICON.href(),
            other_lang_href: address::replaced(cx.uri().path(), query, "lang", Some(lang.other().code())),
            login_href: match here.as_str() {
                "/" | "/login" | "/logout" => "/login".to_owned(),
                here => format!("/login?next={}", address::encode(here)),
            },
            as_of,
            regions,
            services: cx.state().services.clone(),
            sought: String::new(),
            sorts: Sorts::default(),
            laws: BTreeSet::new(),
        }
    }

    /// The frame of a list that can be sorted.
    ///
    /// # Errors
    /// When the list has no such column.
    pub(crate) fn sorted<F: Serialize>(
        mut self,
        path: &str,
        filter: &F,
        sort: Option<&str>,
        sorting: &'static Sorting,
    ) -> Result<Self, PageError> {
        self.sorts = Sorts::of(self.w, path, filter, sort, sorting)?;
        Ok(self)
    }

    pub(crate) fn t(&self, text: impl Said) -> String {
        say(&text, self.lang)
    }
    pub(crate) fn count(&self, n: &u64) -> String {
        format::count(*n)
    }
    pub(crate) fn money(&self, fen: &i64) -> String {
        format::money(*fen, self.lang)
    }
    pub(crate) fn yuan(&self, fen: &i64) -> String {
        format::yuan(*fen)
    }
    pub(crate) fn day(&self, day: &Option<Date>) -> String {
        day.map_or_else(|| "—".to_owned(), |day| day.to_string())
    }
    pub(crate) fn moment(&self, at: &Timestamp) -> Moment {
        Moment { machine: format::machine(*at), people: format::minute(*at) }
    }
    pub(crate) fn maybe<'a>(&self, text: &'a Option<String>) -> &'a str {
        text.as_deref().filter(|text| !text.is_empty()).unwrap_or("—")
    }

    /// `数据截至 …`, with how far the views are behind.
    pub(crate) fn stamp(&self) -> Option<String> {
        let as_of = self.as_of.as_ref()?;
        let recorded = as_of.recorded.map_or_else(|| "—".to_owned(), format::second);
        let behind: u64 = as_of.sources.iter().map(|s| s.head.saturating_sub(s.read)).sum();
        let mut text = self.lang.pick(
            format!("数据截至 {recorded} · 期限按 {} 计", as_of.today),
            format!("As of {recorded} · deadlines as of {}", as_of.today),
        );
        if behind > 0 {
            text +=
                &self.lang.pick(format!(" · 尚有 {behind} 条事件未读入"), format!(" · {behind} events not read yet"));
        }
        Some(text)
    }

    /// Looks at the lists as of a day: every way from here to what is on them keeps it.
    pub(crate) fn look_at(&mut self, on: Option<Date>) {
        self.on = on;
        let to = self.on_day(Room::Items.path());
        for room in self.rooms.iter_mut().filter(|link| link.room == Room::Items) {
            room.href.clone_from(&to);
        }
        for crumb in self.crumbs.iter_mut().filter(|crumb| crumb.href.as_deref() == Some(Room::Items.path())) {
            crumb.href = Some(to.clone());
        }
    }

    /// Whether a day lies before the day of reading.
    pub(crate) fn is_past(&self, day: Date) -> bool {
        self.as_of.as_ref().is_some_and(|as_of| day < as_of.today)
    }

    /// What a page says that looks at a past day.
    pub(crate) fn past(&self, day: &Date) -> String {
        self.lang.pick(
            format!("本页为 {day} 当日的情况，此后才公布的版本和变动不在其内。"),
            format!("This is how it stood on {day}; what was published later is not shown."),
        )
    }

    /// A page of the lists, on the day they are looked at.
    pub(crate) fn on_day(&self, page: &str) -> String {
        match self.on {
            Some(on) => format!("{page}?on={on}"),
            None => page.to_owned(),
        }
    }

    /// A ledger, by the name of its service.
    pub(crate) fn ledger<'s>(&self, source: &'s str) -> &'s str {
        self.services.label(source).map_or(source, |label| self.lang.pick(label.zh, label.en))
    }

    /// One language of a text that is recorded in both, the Chinese sentence first.
    pub(crate) fn half<'t>(&self, text: &'t str) -> &'t str {
        let Some((zh, en)) = text.split_once('。').map(|(zh, _)| text.split_at(zh.len() + '。'.len_utf8())) else {
            return text;
        };
        if en.trim().is_empty() { zh } else { self.lang.pick(zh, en.trim_start()) }
    }

    /// See [`terms::media`].
    pub(crate) fn media<'t>(&self, media_type: &'t str) -> &'t str {
        terms::media(media_type, self.lang)
    }

    /// See [`terms::unit`].
    pub(crate) fn unit<'u>(&self, unit: &'u str) -> &'u str {
        terms::unit(unit, self.lang)
    }

    /// The page of a power item, on the day the lists are looked at.
    pub(crate) fn item_page(&self, code: &str) -> String {
        self.on_day(&format!("/items/{}", address::encode(code)))
    }

    /// Whether this reader may enter a room; numbers lead only where the door is open.
    pub(crate) fn opens(&self, room: Room) -> bool {
        self.rooms.iter().any(|r| r.room == room && !r.locked)
    }

    /// A count that leads to a list.
    pub(crate) fn leads(&self, n: u64, room: Room, href: String) -> Number {
        Number { text: format::count(n), href: (n > 0 && self.opens(room)).then_some(href) }
    }

    /// A number within a sentence, all of which then leads to the list.
    pub(crate) fn told(&self, n: u64, sentence: String, room: Room, href: String) -> Number {
        Number { text: sentence, href: self.leads(n, room, href).href }
    }

    /// [`Self::leads`], for templates.
    pub(crate) fn counted(&self, n: &u64, room: Room, href: impl Display) -> Number {
        self.leads(*n, room, href.to_string())
    }

    /// A count that leads to the list behind an indicator.
    pub(crate) fn behind(&self, n: i64, money: bool, link: &Link) -> Number {
        let room = match link {
            Link::Cases(_) => Room::Cases,
            Link::Deadlines(_) => Room::Deadlines,
            Link::Findings(_) => Room::Findings,
            Link::Officers(_) | Link::None => Room::Agencies,
        };
        let text = if money { format::money(n, self.lang) } else { format::count(n.unsigned_abs()) };
        Number { text, href: address::of(link).filter(|_| n != 0 && self.opens(room)) }
    }

    /// A rule's name and id, leading to its card when there is one.
    pub(crate) fn rule(&self, id: &str) -> RuleLink {
        let tip = self.card(id).map(|card| self.lang.pick(card.zh, card.en).to_owned());
        RuleLink { id: id.to_owned(), name: self.rule_name(id).to_owned(), tip }
    }

    /// What a rule is called; empty where nobody told.
    pub(crate) fn rule_name(&self, id: &str) -> &'static str {
        match self.card(id) {
            Some(card) => self.lang.pick(card.name.zh, card.name.en),
            None if id == LATE_RECORDING => self.w.late,
            None => "",
        }
    }

    /// A rule as the option of a select: its name and its id.
    pub(crate) fn rule_choice(&self, id: &str, chosen: Option<&str>) -> Choice {
        Choice::new(id, self.rule_called(id), chosen)
    }

    /// A rule's name and its id in one text.
    pub(crate) fn rule_called(&self, id: &str) -> String {
        match self.rule_name(id) {
            "" => id.to_owned(),
            name if self.card(id).is_none() => name.to_owned(),
            name => format!("{name} · {id}"),
        }
    }

    /// The options of a rule select.
    pub(crate) fn rule_choices(&self, chosen: Option<&str>, wanted: fn(Kind) -> bool) -> Vec<Choice> {
        let cards = self.services.rules().iter().filter(|card| wanted(card.kind));
        let choice = |id: &str| Choice::new(id, format!("{} · {}", self.rule_called(id), self.short(id)), chosen);
        cards.map(|card| choice(card.id)).collect()
    }

    fn card(&self, id: &str) -> Option<&'static Rule> {
        self.services.rule(id)
    }

    /// The article a rule stands on, short: `处罚法 60`, `APL 60`; the rule's id where there is no card.
    pub(crate) fn short(&self, rule: &str) -> String {
        match self.card(rule).and_then(|card| card.citations.first()) {
            Some(citation) => short_citation(citation, self.lang),
            None => rule.to_owned(),
        }
    }

    /// The article as recorded, in the language of the page where the rule has a card.
    pub(crate) fn citation(&self, rule: &str, recorded: &str) -> String {
        match (self.lang, self.card(rule)) {
            (Lang::En, Some(card)) => card.citation_en(),
            _ => recorded.to_owned(),
        }
    }

    /// A text with its citations, each leading to its article where the statute is on record.
    pub(crate) fn cited(&self, text: impl Display) -> Cited {
        cite::cited(&text.to_string(), &self.laws, self.on)
    }

    /// A statute's title, leading to its text.
    pub(crate) fn law(&self, title: &str) -> Number {
        Number { text: format!("《{title}》"), href: Some(cite::href(title, None, None)) }
    }

    /// A broken rule's article.
    pub(crate) fn article(&self, broken: &Broken) -> String {
        self.citation(&broken.rule, &broken.citation)
    }

    /// The chip of a word of the views.
    pub(crate) fn chip<T: Shown>(&self, word: &T) -> Chip {
        word.chip(self.lang)
    }

    /// The chip of a deadline: what is left and the article; opens the explanation.
    pub(crate) fn due(&self, row: &DeadlineRow) -> Due {
        let state = row.state;
        let (class, shape) = state.look();
        let word = match row.remaining.filter(|_| matches!(state, DeadlineState::Open | DeadlineState::Overdue)) {
            Some(remaining) => self.lang.pick(remaining.to_zh(), remaining.to_en()),
            None => say(&state.text(), self.lang),
        };
        Due {
            chip: Chip::new(class, shape, format!("{word} · {}", self.short(&row.rule))),
            explanation: say(&row.explanation, self.lang),
        }
    }

    /// The page of a case, or of what is on the lists by its stream; and whether it shows every event.
    fn page_of(&self, case: Option<&str>, source: &str, stream: &str) -> Option<(String, bool)> {
        let (room, page, lines) = match (case, stream.split_once('/')) {
            (Some(id), _) => (Room::Cases, file(id, source), true),
            (None, Some(("item", code))) => (Room::Items, self.item_page(code), true),
            // List, agency and code, none of which needs to be encoded.
            (None, Some(("listing", row))) => (Room::Items, self.on_day(&format!("/lists/{row}")), false),
            (None, Some(("agency", code))) => (Room::Agencies, format!("/agencies/{}", address::encode(code)), false),
            (None, Some(("plan", code))) => (Room::Plans, format!("/plans?plan={}", address::encode(code)), false),
            (None, _) => return None,
        };
        self.opens(room).then(|| (page, lines && self.opens(Room::Cases)))
    }

    /// A name, leading to the page of what it names where there is one.
    pub(crate) fn matter(&self, name: &str, case: &Option<String>, source: &str, stream: &str) -> Number {
        let href = self.page_of(case.as_deref(), source, stream).map(|(href, _)| href);
        Number { text: self.named(name, stream), href }
    }

    /// The same, leading to the line of one event.
    pub(crate) fn matter_at(&self, name: &str, case: &Option<String>, source: &str, stream: &str, seq: &u64) -> Number {
        let page = self.page_of(case.as_deref(), source, stream);
        let href = page.map(|(href, lines)| if lines { format!("{href}#e{seq}") } else { href });
        Number { text: self.named(name, stream), href }
    }

    /// A matter that has no name of its own never began.
    fn named(&self, name: &str, stream: &str) -> String {
        if name == stream { self.w.never_began.to_owned() } else { name.to_owned() }
    }

    /// See [`called`].
    pub(crate) fn called(&self, case: &CaseRow) -> String {
        called(case, self.lang)
    }

    /// The file of a matter in a list.
    pub(crate) fn file(&self, case: &CaseRow) -> String {
        file(&case.id, &case.source)
    }

    /// A stage; of which kind of matter, where there are several.
    pub(crate) fn stage(&self, at: &StageCount) -> String {
        let stage = say(&at.text, self.lang);
        if self.has_kinds() { format!("{} · {stage}", say(&at.kind_text, self.lang)) } else { stage }
    }

    /// Whether there is more than one kind of matter.
    pub(crate) fn has_kinds(&self) -> bool {
        self.services.matters().nth(1).is_some()
    }

    /// What a fact of a case is called: as its service calls it, else as given.
    pub(crate) fn fact(&self, case: &CaseRow, name: &str, usual: &'static str) -> &'static str {
        let fact = self.services.matter(&case.source, &case.kind).and_then(|card| card.fact(name));
        fact.map_or(usual, |fact| self.lang.pick(fact.label.zh, fact.label.en))
    }

    /// A word as it stands alone.
    pub(crate) fn heading(&self, text: impl Said) -> String {
        heading(&say(&text, self.lang))
    }

    /// A tier of a discretion standard.
    pub(crate) fn tier(&self, code: &str) -> String {
        say(&self.services.tier(code), self.lang)
    }

    /// Words one after another.
    pub(crate) fn list(&self, words: &[String]) -> String {
        if words.is_empty() { "—".to_owned() } else { words.join(self.lang.pick("、", ", ")) }
    }

    /// An agency's name, leading to its page.
    pub(crate) fn agency(&self, name: &str, code: &str) -> Number {
        let href =
            (!code.is_empty() && self.opens(Room::Agencies)).then(|| format!("/agencies/{}", address::encode(code)));
        Number { text: name.to_owned(), href }
    }

    /// The name of a region, with its code.
    pub(crate) fn region(&self, code: &str) -> String {
        place(&self.regions, code)
    }
}

/// What a matter is called where its number stands: its kind where it has none.
pub(crate) fn called(case: &CaseRow, lang: Lang) -> String {
    if case.number.is_empty() { say(&case.kind_text, lang) } else { case.number.clone() }
}

/// The file of a matter: two services may have one under the same id.
pub(crate) fn file(id: &str, source: &str) -> String {
    format!("/cases/{}?service={}", address::encode(id), address::encode(source))
}

/// `处罚法 60`, `APL 60`.
fn short_citation(citation: &Citation, lang: Lang) -> String {
    let name = lang.pick(short_statute(citation.statute.code, citation.statute.zh), citation.statute.code);
    match citation.article {
        Some(article) => format!("{name} {article}"),
        None => name.to_owned(),
    }
}

/// What officials call a statute among themselves.
fn short_statute<'a>(code: &str, full: &'a str) -> &'a str {
    match code {
        "CTR" => "移送规定",
        "FSR" => "罚缴分离办法",
        "OGI" => "公开条例",
        "BER" => "营商条例",
        "AES" => "监督条例",
        "TSI" => "三项制度意见",
        _ => full.strip_prefix("行政").unwrap_or(full),
    }
}

/// A region by name and code; by code alone where the name is not known.
fn place(regions: &[RegionRow], code: &str) -> String {
    match regions.iter().find(|region| region.region == code) {
        Some(region) => format!("{} {code}", region.name),
        None => code.to_owned(),
    }
}

/// Who the reader is, in words.
fn who(cx: &Cx, w: &'static Words) -> String {
    if !cx.signed_in() {
        return w.visitor.to_owned();
    }
    let caller = cx.caller();
    let roles: Vec<&str> = caller.roles.iter().map(|role| terms::role(*role, cx.lang())).collect();
    let name = if caller.name.is_empty() { &caller.subject } else { &caller.name };
    format!("{name} · {}", roles.join(cx.lang().pick("、", ", ")))
}
