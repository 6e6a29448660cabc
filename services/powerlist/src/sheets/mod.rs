//! The list office's files: CSV and XLSX in the columns agencies use, both ways.
//!
//! Invariant: what is exported and taken in again says the same. No cell of an exported file is ever a formula.

pub(crate) mod bases;
mod cells;
mod choices;
mod csv;
mod dates;
mod export;
mod fault;
mod file;
mod heads;
mod left_out;
mod limits;
mod line;
mod listing;
mod mark;
mod ods;
mod page;
mod published;
mod rows;
mod statutes;
mod styles;
mod table;
mod workbook;
mod xls;
mod xml;
mod zip;

pub(crate) use cells::{
    count as read_count, cut, date as read_date, lines as read_lines, outcomes as read_outcomes, show_basis, show_duty,
    show_milestone, show_period, words as read_words,
};
#[cfg(test)]
pub(crate) use cells::{duty as read_duty, step as read_step};
pub use choices::{Choices, HeadChoice, Kept};
pub use export::{ExportError, ExportOrder, File, export};
pub(crate) use export::{
    agency_row, fee_row, item_row, listing_row, office_row, officer_row, parameter_row, plan_task_row, region_row,
    standard_rows,
};
pub(crate) use fault::Bad;
pub use fault::{FAULTS_MAX, Faults, RowFault};
pub use file::{Format, Read, read, write};
pub use heads::Head;
pub use left_out::LeftOut;
pub use limits::{BYTES_MAX, CELL_CHARS_MAX, COLUMNS_MAX, IN_A_MESSAGE, IN_PIECES, Limits, Room, chars};
pub use line::Row;
pub(crate) use mark::mark;
pub(crate) use published::{duty_lines, flow_lines};
pub use rows::{
    AgencyRow, FeeRow, OfficeRow, OfficerRow, StandardRows, agency, fee, item, listing, office, officer, parameter,
    plan_task, region, standards,
};
pub use statutes::Statutes;
pub use table::{Note, Table};

use crate::domain::listing::ListKind;

/// Which list a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    /// 行政区划.
    Regions,
    /// 参数.
    Parameters,
    /// 执法主体.
    Agencies,
    /// 执法人员.
    Officers,
    /// 任职.
    Offices,
    /// 权力和责任清单.
    Items,
    /// 行政处罚裁量基准.
    Standards,
    /// 行政事业性收费.
    Fees,
    /// 方案任务.
    PlanTasks,
    /// One of the other lists.
    Listing(ListKind),
}

impl Sheet {
    /// Every list, in the order in which they are taken in.
    pub const ALL: [Self; 9 + ListKind::ALL.len()] = {
        let mut all = [Self::Regions; 9 + ListKind::ALL.len()];
        let mut at = 0;
        while at < Self::PLAIN.len() {
            all[at] = Self::PLAIN[at];
            at += 1;
        }
        while at < all.len() {
            all[at] = Self::Listing(ListKind::ALL[at - Self::PLAIN.len()]);
            at += 1;
        }
        all
    };

    /// The lists that have a shape of their own.
    const PLAIN: [Self; 9] = [
        Self::Regions,
        Self::Parameters,
        Self::Agencies,
        Self::Officers,
        Self::Offices,
        Self::Items,
        Self::Standards,
        Self::Fees,
        Self::PlanTasks,
    ];

    /// How many columns of the header a file must have: the last ones came to it later.
    pub(crate) fn columns_at_least(self) -> usize {
        match self {
            Self::Agencies => 8,
            Self::Officers => 11,
            Self::Items => 15,
            Self::Standards => 4,
            _ => self.header().len(),
        }
    }

    /// Columns that agencies have beside those of the header, and whose words are told, not recorded.
    pub(crate) const fn beside(self) -> &'static [&'static str] {
        match self {
            Self::Items => &["序号"],
            Self::Standards => &["序号", "备注", "职权名称"],
            Self::Listing(_) => &["序号", "备注"],
            _ => &[],
        }
    }

    /// A column by its name.
    pub fn column(self, name: &str) -> Option<&'static str> {
        self.header().iter().chain(self.beside()).find(|column| **column == name).copied()
    }

    /// Whether what stands under several heads goes into the column together.
    pub(crate) fn is_joined(self, column: &str) -> bool {
        const JOINED: [&str; 8] =
            ["实施依据", "处罚种类和幅度", "责任事项", "责任主体", "追责方式", "监督方式", "备注", "适用情形"];
        JOINED.contains(&column)
    }

    /// The header row.
    pub fn header(self) -> &'static [&'static str] {
        match self {
            Self::Regions => &["code", "name", "level", "parent"],
            Self::Parameters => &["参数", "区划", "领域", "数值", "单位", "生效日期", "文件"],
            Self::Agencies => &[
                "主体代码",
                "名称",
                "简称",
                "区划",
                "主体性质",
                "设立依据",
                "执法领域",
                "部门代码",
                "委托机关",
                "起始日期",
                "可限制人身自由",
                "委托",
            ],
            Self::Officers => &[
                "人员编号",
                "姓名",
                "主体代码",
                "人员类别",
                "执法证号",
                "执法领域",
                "发证日期",
                "有效期至",
                "考试日期",
                "考试成绩",
                "法律职业资格",
                "审核起始日期",
            ],
            Self::Offices => &["人员编号", "主体代码", "职务", "任职日期", "免职日期", "文件"],
            Self::Items => &[
                "基本编码",
                "实施编码",
                "职权类型",
                "职权名称",
                "子项",
                "行使主体",
                "主体代码",
                "执法领域",
                "实施依据",
                "处罚种类和幅度",
                "责任事项",
                "责任主体",
                "追责方式",
                "办理流程",
                "监督方式",
                "行使层级",
                "备注",
                "区划",
                "法定层级",
                "授权文件",
                "专属行使",
                "另有规定",
                "事项要素",
            ],
            Self::Standards => &["基本编码", "阶次", "适用情形", "处罚种类和幅度", "主体代码", "阶次编码"],
            Self::Fees => &["实施编码", "收费项目", "依据", "收费标准", "计费单位", "实际收费"],
            Self::PlanTasks => &[
                "方案",
                "编号",
                "区划",
                "起始日期",
                "任务",
                "英文",
                "牵头单位",
                "时间节点",
                "能力",
                "全部覆盖",
                "文件",
            ],
            Self::Listing(list) => listing::header(list),
        }
    }

    /// Its name, for a workbook's tab and a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regions => "行政区划",
            Self::Parameters => "参数",
            Self::Agencies => "执法主体",
            Self::Officers => "执法人员",
            Self::Offices => "任职",
            Self::Items => "权力和责任清单",
            Self::Standards => "行政处罚裁量基准",
            Self::Fees => "行政事业性收费",
            Self::PlanTasks => "方案任务",
            Self::Listing(list) => list.zh(),
        }
    }
}
