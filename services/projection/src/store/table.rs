//! A table of the views as data: from it come its DDL, its upsert and its digest, for both engines.

use std::fmt::Write as _;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// One schema.
    Postgres,
}

/// What becomes of a column when the row is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Merge {
    /// Part of the key.
    Key,
    /// The first value stands: indexes of such columns cost nothing when a row changes.
    Once,
    /// The new value stands.
    Set,
    /// The new value is added.
    Add,
    /// The smaller of the two.
    Min,
    /// The larger of the two.
    Max,
}

/// One column: 64-bit integer or text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) is_int: bool,
    pub(crate) optional: bool,
    pub(crate) merge: Merge,
    /// Where the record lies, not what it says: left out of the digest.
    pub(crate) volatile: bool,
}

pub(super) const fn column(name: &'static str, is_int: bool, optional: bool) -> Column {
    Column { name, is_int, optional, merge: Merge::Set, volatile: false }
}

impl Column {
    pub(crate) const fn key(mut self) -> Self {
        self.merge = Merge::Key;
        self
    }
    pub(crate) const fn once(mut self) -> Self {
        self.merge = Merge::Once;
        self
    }
    pub(crate) const fn add(mut self) -> Self {
        self.merge = Merge::Add;
        self
    }
    pub(crate) const fn min(mut self) -> Self {
        self.merge = Merge::Min;
        self
    }
    pub(crate) const fn max(mut self) -> Self {
        self.merge = Merge::Max;
        self
    }
    pub(crate) const fn volatile(mut self) -> Self {
        self.volatile = true;
        self
    }
}

/// One table. Key columns come first.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// What a row is; stands as a comment in Postgres.
    pub(crate) about: &'static str,
    pub(crate) columns: &'static [Column],
    /// Indexes: the columns, and a condition that both engines understand.
    pub(crate) indexes: &'static [(&'static str, &'static str)],
    /// Rows that say nothing: deleted with the batch that made them so. Empty for none.
    pub(crate) empty: &'static str,
    /// The column of words, apart by spaces, that rows are found by; empty for none. See [`Table::having`].
    pub(crate) search: &'static str,
}

impl Table {
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().filter(|c| c.merge == Merge::Key).map(|c| c.name)
    }

    /// Where in a row the texts of each index stand, those of the key first.
    pub(super) fn indexed_texts(&self) -> Vec<Vec<usize>> {
        let texts = |names: &[&str]| {
            let at = |name: &&str| self.columns.iter().position(|c| c.name == *name && !c.is_int);
            names.iter().filter_map(at).collect()
        };
        let keys: Vec<_> = self.keys().collect();
        let others = self.indexes.iter().map(|(columns, _)| texts(&columns.split(", ").collect::<Vec<_>>()));
        std::iter::once(texts(&keys)).chain(others).collect()
    }

    /// All columns, as a SELECT names them.
    pub(crate) fn list(&self) -> String {
        self.columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
    }

    /// The statements that make it.
    pub(crate) fn ddl(&self, engine: Engine) -> Vec<String> {
        let mut out = format!("CREATE TABLE {} (", self.name);
        let searched = engine == Engine::Sqlite && !self.search.is_empty();
        if searched {
            // The number by which the index of words knows a row; SQLite's own may change when the file is compacted.
            out.push_str("docid INTEGER PRIMARY KEY, ");
        }
        for c in self.columns {
            let kind = match (c.is_int, engine) {
                (true, Engine::Sqlite) => "INTEGER",
                (true, Engine::Postgres) => "BIGINT",
                (false, Engine::Sqlite) => "TEXT",
                // Byte order, so that both engines sort and compare alike.
                (false, Engine::Postgres) => r#"TEXT COLLATE "C""#,
            };
            let _ = write!(out, "{} {kind}{}, ", c.name, if c.optional { "" } else { " NOT NULL" });
        }
        let unique = if searched { "UNIQUE" } else { "PRIMARY KEY" };
        let _ = write!(out, "{unique} ({}))", self.keys().collect::<Vec<_>>().join(", "));
        if engine == Engine::Sqlite && self.keys().count() == self.columns.len() {
            out.push_str(" WITHOUT ROWID");
        }
        if engine == Engine::Postgres {
            // Up to a page, a row is stored as it is: pressing long texts took a sixteenth of the time of writing.
            out.push_str(" WITH (toast_tuple_target = 8160)");
        }
        let mut all = vec![out];
        for (n, (columns, condition)) in self.indexes.iter().enumerate() {
            let table = self.name;
            let mut index = format!("CREATE INDEX {table}_{n} ON {table} ({columns})");
            if !condition.is_empty() {
                let _ = write!(index, " WHERE {condition}");
            }
            all.push(index);
        }
        all.extend(self.words_ddl(engine));
        if engine == Engine::Postgres {
            all.push(format!("COMMENT ON TABLE {} IS '{}'", self.name, self.about.replace('\'', "''")));
        }
        all
    }

    /// The index of words: on SQLite a table beside this one, kept in step by triggers.
    fn words_ddl(&self, engine: Engine) -> Vec<String> {
        let (t, words) = (self.name, self.search);
        if words.is_empty() {
            return Vec::new();
        }
        if engine == Engine::Postgres {
            return vec![format!("CREATE INDEX {t}_words ON {t} USING gin (string_to_array({words}, ' '))")];
        }
        let add = format!("INSERT INTO {t}_words (rowid, {words}) VALUES (new.docid, new.{words});");
        let remove =
            format!("INSERT INTO {t}_words ({t}_words, rowid, {words}) VALUES ('delete', old.docid, old.{words});");
        vec![
            format!(
                "CREATE VIRTUAL TABLE {t}_words USING fts5({words}, content='{t}', content_rowid='docid', \
                 tokenize='ascii', detail=none, columnsize=0)"
            ),
            format!("CREATE TRIGGER {t}_added AFTER INSERT ON {t} BEGIN {add} END"),
            format!("CREATE TRIGGER {t}_changed AFTER UPDATE ON {t} BEGIN {remove} {add} END"),
        ]
    }

    /// The rows that have every one of the words in argument `n`: a FROM with its first condition.
    pub(crate) fn having(&self, engine: Engine, n: usize) -> String {
        let (t, words) = (self.name, self.search);
        match engine {
            Engine::Sqlite => {
                format!("{t}_words JOIN {t} ON {t}.docid = {t}_words.rowid WHERE {t}_words MATCH ${n}")
            }
            Engine::Postgres => format!("{t} WHERE string_to_array({words}, ' ') @> string_to_array(${n}, ' ')"),
        }
    }

    /// The head of an upsert, up to its rows.
    pub(crate) fn insert_head(&self) -> String {
        format!("INSERT INTO {} ({})", self.name, self.list())
    }

    /// The tail of an upsert: what becomes of a row that is there.
    pub(crate) fn insert_tail(&self) -> String {
        let table = self.name;
        let sets: Vec<String> = self
            .columns
            .iter()
            .filter_map(|c| {
                let n = c.name;
                match c.merge {
                    Merge::Key | Merge::Once => None,
                    Merge::Set => Some(format!("{n} = excluded.{n}")),
                    Merge::Add => Some(format!("{n} = {table}.{n} + excluded.{n}")),
                    Merge::Min => Some(format!(
                        "{n} = CASE WHEN excluded.{n} < {table}.{n} THEN excluded.{n} ELSE {table}.{n} END"
                    )),
                    Merge::Max => Some(format!(
                        "{n} = CASE WHEN excluded.{n} > {table}.{n} THEN excluded.{n} ELSE {table}.{n} END"
                    )),
                }
            })
            .collect();
        let keys = self.keys().collect::<Vec<_>>().join(", ");
        match sets.is_empty() {
            true => format!(" ON CONFLICT ({keys}) DO NOTHING"),
            false => format!(" ON CONFLICT ({keys}) DO UPDATE SET {}", sets.join(", ")),
        }
    }
}
