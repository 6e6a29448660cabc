//! `docs/api` says what the `.proto` files say, and what the services answer where they refuse; `make golden` writes it.

mod reasons;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use prost::Message as _;
use prost_types::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet, MessageOptions,
    MethodDescriptorProto, ServiceDescriptorProto,
    field_descriptor_proto::{Label, Type},
};

/// Set by `make golden`: the pages are written instead of compared.
const UPDATE: &str = "UPDATE_GOLDEN";

/// Field numbers of `descriptor.proto`, of which the paths to comments are made.
mod number {
    pub(super) const MESSAGE: i32 = 4;
    pub(super) const ENUM: i32 = 5;
    pub(super) const SERVICE: i32 = 6;
    pub(super) const SYNTAX: i32 = 12;
    pub(super) const INNER: i32 = 2;
}

#[test]
fn the_reference_of_the_apis_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api");
    let pages = pages();
    if std::env::var_os(UPDATE).is_some() {
        fs::create_dir_all(&folder).expect("docs/api");
        for (name, text) in &pages {
            fs::write(folder.join(name), text).expect("a page is written");
        }
    }
    let there: BTreeSet<String> = fs::read_dir(&folder)
        .expect("docs/api")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    assert_eq!(there, pages.keys().cloned().collect(), "docs/api has other pages than there are APIs");
    for (name, text) in &pages {
        let page = fs::read_to_string(folder.join(name)).expect("a page");
        assert!(page == *text, "docs/api/{name} is not what the code says; `make golden` writes it");
    }
}

/// Every page by its name.
fn pages() -> BTreeMap<String, String> {
    let set = FileDescriptorSet::decode(proto::DESCRIPTORS).expect("the descriptor set");
    let files: Vec<&FileDescriptorProto> =
        set.file.iter().filter(|file| file.package().starts_with("fazhi.")).collect();
    let mut index =
        "# API reference\n\nMade from the `.proto` files by `make golden`; not edited by hand. How to begin is in \
                     [integrate](../integrate.md).\n\n| package | what it is |\n| --- | --- |\n"
            .to_owned();
    let mut pages = BTreeMap::new();
    for file in files {
        let page = Page::of(file);
        let intro = page.comment(&[number::SYNTAX]);
        let first = intro.split_once("\n\n").map_or(intro.as_str(), |(first, _)| first);
        writeln!(index, "| [{}]({}) | {} |", file.package(), page_of(file.package()), cell(first)).expect("text");
        pages.insert(page_of(file.package()), page.write(&intro));
    }
    index.push_str("\nWhat a call is refused with: [reasons](reasons.md).\n");
    pages.insert("reasons.md".to_owned(), reasons::page());
    pages.insert("README.md".to_owned(), index);
    pages
}

/// `fazhi.enforcement.v1` is told of in `enforcement.md`.
fn page_of(package: &str) -> String {
    format!("{}.md", package.split('.').nth(1).expect("a package is fazhi.<name>.v1"))
}

/// Text within a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as it stands, where Markdown would take a sign for its own; what is code already is left.
fn plain(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let escaped = |part: &str| part.replace('<', "\\<").replace('*', "\\*");
    parts.map(|(at, part)| if at % 2 == 0 { escaped(part) } else { part.to_owned() }).collect::<Vec<_>>().join("`")
}

struct Page<'a> {
    file: &'a FileDescriptorProto,
    comments: BTreeMap<&'a [i32], &'a str>,
}

impl<'a> Page<'a> {
    fn of(file: &'a FileDescriptorProto) -> Self {
        let locations = &file.source_code_info.as_ref().expect("comments are kept").location;
        let comments = locations.iter().map(|l| (l.path.as_slice(), l.leading_comments())).collect();
        Self { file, comments }
    }

    /// The comment before what stands at a path, without the margin.
    fn comment(&self, path: &[i32]) -> String {
        let text = self.comments.get(path).copied().unwrap_or_default();
        let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        plain(lines.join("\n").trim())
    }

    fn write(&self, intro: &str) -> String {
        let mut out = format!("# {}\n\n{intro}\n", self.file.package());
        for (at, service) in (0..).zip(&self.file.service) {
            self.service(&mut out, &[number::SERVICE, at], service);
        }
        out.push_str("\n## Messages\n");
        for (at, message) in (0..).zip(&self.file.message_type) {
            self.message(&mut out, &[number::MESSAGE, at], message);
        }
        if !self.file.enum_type.is_empty() {
            out.push_str("\n## Values\n");
        }
        for (at, values) in (0..).zip(&self.file.enum_type) {
            self.values(&mut out, &[number::ENUM, at], values);
        }
        out
    }

    fn service(&self, out: &mut String, path: &[i32], service: &ServiceDescriptorProto) {
        let name = format!("{}.{}", self.file.package(), service.name());
        write!(out, "\n## {}\n\n{} `{name}`\n", service.name(), self.comment(path)).expect("text");
        for (at, call) in (0..).zip(&service.method) {
            let declared = proto::METHODS.iter().find(|m| m.service == name && m.name == call.name()).expect("an RPC");
            let path = [path, &[number::INNER, at]].concat();
            write!(out, "\n### {}\n\n{}\n\n", call.name(), self.comment(&path)).expect("text");
            writeln!(out, "- {}", self.signature(call)).expect("text");
            writeln!(out, "- called by: {}", declared.roles.join(", ")).expect("text");
            if !declared.event.is_empty() {
                writeln!(out, "- records: `{}`", declared.event).expect("text");
            }
        }
    }

    /// What goes in and what comes back.
    fn signature(&self, call: &MethodDescriptorProto) -> String {
        let stream = |is: bool| if is { "a stream of " } else { "" };
        let (takes, gives) = (self.link(call.input_type()), self.link(call.output_type()));
        let (many, told) = (stream(call.client_streaming()), stream(call.server_streaming()));
        format!("takes {many}{takes}, answers {told}{gives}")
    }

    fn message(&self, out: &mut String, path: &[i32], message: &DescriptorProto) {
        assert!(message.nested_type.iter().all(|inner| inner.options.as_ref().is_some_and(MessageOptions::map_entry)));
        write!(out, "\n### {}\n\n{}\n", message.name(), self.comment(path)).expect("text");
        if !message.field.is_empty() {
            out.push_str("\n| field | type | |\n| --- | --- | --- |\n");
        }
        for (at, field) in (0..).zip(&message.field) {
            let path = [path, &[number::INNER, at]].concat();
            let says = cell(&self.comment(&path));
            writeln!(out, "| `{}` = {} | {} | {says} |", field.name(), field.number(), self.kind(message, field))
                .expect("text");
        }
    }

    /// The type of a field, with how often it may stand.
    fn kind(&self, message: &DescriptorProto, field: &FieldDescriptorProto) -> String {
        let kind = match field.r#type() {
            Type::Message | Type::Enum => self.link(field.type_name()),
            scalar => scalar.as_str_name().trim_start_matches("TYPE_").to_lowercase(),
        };
        let choice = field.oneof_index.and_then(|at| message.oneof_decl.get(usize::try_from(at).ok()?));
        match (field.label(), choice) {
            (Label::Repeated, _) => format!("{kind}, any number"),
            (_, Some(_)) if field.proto3_optional() => format!("{kind}, or absent"),
            (_, Some(choice)) => format!("{kind}, one of `{}`", choice.name()),
            (_, None) => kind,
        }
    }

    fn values(&self, out: &mut String, path: &[i32], values: &EnumDescriptorProto) {
        write!(out, "\n### {}\n\n{}\n\n| value | |\n| --- | --- |\n", values.name(), self.comment(path)).expect("text");
        for (at, value) in (0..).zip(&values.value) {
            let says = cell(&self.comment(&[path, &[number::INNER, at]].concat()));
            writeln!(out, "| `{}` = {} | {says} |", value.name(), value.number()).expect("text");
        }
    }

    /// A link to where a type is told of; Google's own are only named.
    fn link(&self, type_name: &str) -> String {
        let full = type_name.trim_start_matches('.');
        let (package, name) = full.rsplit_once('.').expect("a type has a package");
        if !package.starts_with("fazhi.") {
            return format!("`{full}`");
        }
        let page = if package == self.file.package() { String::new() } else { page_of(package) };
        format!("[{name}]({page}#{})", name.to_lowercase())
    }
}
