//! The machine: what it is, and whether it is quiet enough to measure on.

use std::{fs, process::Command, time::Duration};

use serde::Serialize;

/// A machine counts as quiet when others use less than this share of its processors.
const BUSY_MAX: f64 = 0.10;

/// What a run was made on.
#[derive(Debug, Serialize)]
pub struct Machine {
    /// Model of its processors.
    pub cpu: String,
    /// How many of them.
    pub cores: usize,
    /// Memory in GiB.
    pub memory_gib: u64,
    /// Kernel.
    pub kernel: String,
    /// Share of the processors that others used before the run.
    pub busy: f64,
    /// Milliseconds of one fdatasync of a page.
    pub fdatasync_ms: f64,
    /// The commit measured.
    pub commit: String,
    /// When.
    pub date: String,
}

impl Machine {
    /// Looks.
    #[expect(clippy::disallowed_methods, reason = "what is measured is dated by the machine's clock")]
    pub async fn look(folder: &std::path::Path) -> Self {
        let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let cpu = info
            .lines()
            .find_map(|l| l.strip_prefix("model name"))
            .map_or("unknown", |l| l.trim_matches([' ', '\t', ':']));
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kib: u64 = memory
            .lines()
            .find_map(|l| l.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok())
            .unwrap_or(0);
        Self {
            cpu: cpu.to_owned(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory_gib: kib >> 20,
            kernel: said("uname", &["-sr"]),
            busy: busy().await,
            fdatasync_ms: fdatasync_ms(folder),
            commit: said("git", &["describe", "--always", "--dirty"]),
            date: jiff::Zoned::now().date().to_string(),
        }
    }

    /// A warning where others are at work.
    pub fn warning(&self) -> Option<String> {
        (self.busy > BUSY_MAX).then(|| {
            format!(
                "others use {:.0} % of this machine: figures are too low, and ratios are all that means something",
                self.busy * 100.0
            )
        })
    }
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default()
}

/// Share of processor time that is not idle, over two seconds.
async fn busy() -> f64 {
    let read = || -> Vec<f64> {
        let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
        let line = stat.lines().next().unwrap_or_default().to_owned();
        line.split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect()
    };
    let before = read();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let spent: Vec<f64> = read().iter().zip(&before).map(|(after, before)| after - before).collect();
    let all: f64 = spent.iter().sum();
    let idle: f64 = spent.iter().skip(3).take(2).sum();
    if all > 0.0 { 1.0 - idle / all } else { 0.0 }
}

fn fdatasync_ms(folder: &std::path::Path) -> f64 {
    use std::io::Write as _;
    let path = folder.join("fdatasync");
    let Ok(mut file) = fs::File::create(&path) else { return f64::NAN };
    const TIMES: u32 = 200;
    let begin = std::time::Instant::now();
    for _ in 0..TIMES {
        _ = file.write_all(&[7; 4096]);
        _ = file.sync_data();
    }
    _ = fs::remove_file(path);
    begin.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES)
}
