//! The XML inside a workbook, tag by tag.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesEnd, BytesStart, Event},
};

use super::{
    fault::Bad,
    limits::{DEPTH_MAX, TOKEN_BYTES_MAX},
    zip::{Beyond, Unpacked},
};

/// What stands next in a file.
pub(super) enum Token<'a> {
    /// A tag opens; an empty one closes at once.
    Open(BytesStart<'a>),
    /// It closes.
    Close(BytesEnd<'a>),
    /// Text between tags.
    Text(Cow<'a, str>),
    /// What says nothing: comments and the like.
    Other,
    /// The file ends.
    End,
}

/// One file of a workbook.
pub(super) struct Xml<'a> {
    name: &'a str,
    reader: Reader<Unpacked<'a>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(name: &'a str, unpacked: Unpacked<'a>) -> Self {
        let mut reader = Reader::from_reader(unpacked);
        reader.config_mut().expand_empty_elements = true;
        Self { name, reader, buffer: Vec::new(), depth: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Token<'_>, Bad> {
        let name = self.name;
        self.buffer.clear();
        self.reader.get_mut().begin();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|e| unread(name, &e))?;
        Ok(match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    return Err(Bad::new(
                        format!("无法读取工作簿：其中的 {name} 嵌套超过{DEPTH_MAX}层"),
                        format!(
                            "the workbook cannot be read: tags of {name} inside it are nested more than {DEPTH_MAX} deep"
                        ),
                    ));
                }
                Token::Open(tag)
            }
            Event::End(tag) => {
                self.depth -= 1;
                Token::Close(tag)
            }
            Event::Text(text) => Token::Text(text.xml10_content()),
            Event::CData(text) => Token::Text(text.into_inner()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(|e| unread(name, &e))? {
                Some(character) => Token::Text(Cow::Owned(character.to_string())),
                None => Token::Text(Cow::Borrowed(
                    resolve_predefined_entity(&entity.into_inner()).ok_or_else(|| entities(name))?,
                )),
            },
            // What it declares is never needed, and only there to be expanded.
            Event::DocType(_) => return Err(entities(name)),
            Event::Eof if self.depth > 0 => return Err(malformed(name, "it ends inside a tag")),
            Event::Eof => Token::End,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Token::Other,
        })
    }
}

/// An attribute of a tag of a file, by its name without a prefix.
pub(super) fn attribute(file: &str, tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Bad> {
    // Whether a name comes twice is of no use, and looked for in the square of the time.
    for found in tag.attributes().with_checks(false) {
        let found = found.map_err(|e| malformed(file, &e.to_string()))?;
        if found.key.local_name().as_ref() == name {
            let value = found.normalized_value(XmlVersion::Implicit1_0).map_err(|e| unread(file, &e))?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

fn unread(name: &str, error: &quick_xml::Error) -> Bad {
    let quick_xml::Error::Io(io) = error else { return malformed(name, &error.to_string()) };
    match io.get_ref().and_then(|inner| inner.downcast_ref::<Beyond>()) {
        Some(Beyond::Unpacked(mib)) => Bad::new(
            format!("工作簿解压后超过{mib}MiB；请另存为新的工作簿，只保留清单内容，或者分成几个文件分次导入"),
            format!("the workbook unpacks to more than {mib} MiB; save the list alone as a new workbook, or divide it"),
        ),
        Some(Beyond::Token) => {
            let kib = TOKEN_BYTES_MAX / 1024;
            Bad::new(
                format!("工作簿内 {name} 有超过{kib}KiB的内容连成一段；单元格文字过长时请分开填写"),
                format!(
                    "{name} inside the workbook has one tag or text of more than {kib} KiB; divide a cell that is too long"
                ),
            )
        }
        None => malformed(name, &error.to_string()),
    }
}

fn malformed(name: &str, why: &str) -> Bad {
    Bad::new(
        format!("无法读取工作簿：其中的 {name} 不完整或者已损坏，请用表格软件打开后另存为 XLSX"),
        format!(
            "the workbook cannot be read: {name} inside it is damaged ({why}); open it in a spreadsheet program and save it as XLSX"
        ),
    )
}

fn entities(name: &str) -> Bad {
    Bad::new(
        format!("无法读取工作簿：其中的 {name} 含有不允许的实体声明或者引用"),
        format!("the workbook cannot be read: {name} inside it declares or uses entities, which are not taken"),
    )
}
