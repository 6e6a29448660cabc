//! The list office's files: CSV and XLSX in the columns agencies use, both ways.
//!
//! Invariant: what is exported and taken in again says the same. No cell of an exported file is ever a formula.

mod cells;
mod csv;
mod export;
mod fault;
mod file;
mod limits;
mod line;
mod rows;
mod styles;
mod workbook;
mod xml;
mod zip;

pub(crate) use cells::{show_basis, show_duty, show_milestone};
pub use export::{ExportError, ExportOrder, File, export};
pub(crate) use fault::Bad;
pub use fault::{FAULTS_MAX, Faults, RowFault};
pub use file::{Format, Table, read, write};
pub use limits::{BYTES_MAX, CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX, Room, TEXT_BYTES_MAX, UNPACKED_BYTES_MAX, chars};
pub use line::Row;
pub use rows::{
    AgencyRow, OfficeRow, OfficerRow, StandardRows, agency, item, office, officer, parameter, plan_task, region,
    standards,
};

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
    /// 方案任务.
    PlanTasks,
}

impl Sheet {
    /// Every list, in the order in which they are taken in.
    pub const ALL: [Self; 8] = [
        Self::Regions,
        Self::Parameters,
        Self::Agencies,
        Self::Officers,
        Self::Offices,
        Self::Items,
        Self::Standards,
        Self::PlanTasks,
    ];

    /// The header row.
    pub const fn header(self) -> &'static [&'static str] {
        match self {
            Self::Regions => &["code", "name", "level", "parent"],
            Self::Parameters => &["参数", "区划", "领域", "数值", "单位", "生效日期", "文件"],
            Self::Agencies => &["主体代码", "名称", "简称", "区划", "主体性质", "设立依据", "执法领域", "部门代码"],
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
            ],
            Self::Standards => &["基本编码", "阶次", "适用情形", "处罚种类和幅度"],
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
            Self::PlanTasks => "方案任务",
        }
    }
}
