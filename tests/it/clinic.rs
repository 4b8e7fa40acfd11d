//! A clinic with a record of its own: the program is run, nothing else.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

pub const REGIMEN: &str = "npc-liposomal-irinotecan-nituzumab";

pub struct Clinic {
    pub folder: tempfile::TempDir,
    pub today: &'static str,
    /// Options behind every command.
    pub extra: Vec<String>,
}

impl Clinic {
    pub fn new() -> Self {
        let clinic = Self { folder: tempfile::tempdir().unwrap(), today: "2026-12-07", extra: Vec::new() };
        std::fs::write(
            clinic.path("site.toml"),
            "[closures]\nweekdays = [\"saturday\", \"sunday\"]\n[closures.days]\n2026-12-25 = \"Christmas Day\"\n",
        )
        .unwrap();
        clinic
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_posology"));
        command.args(arguments).args(&self.extra).arg("--data").arg(self.path("records"));
        command.arg("--site-file").arg(self.path("site.toml"));
        command.env("POSOLOGY_TODAY", self.today).env("HOME", self.folder.path()).output().unwrap()
    }

    /// Without the options that name the record and the site.
    pub fn bare(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_posology"));
        command.args(arguments).env("POSOLOGY_TODAY", self.today).env("HOME", self.folder.path()).output().unwrap()
    }

    /// Recorded, or the test fails; the JSON document.
    pub fn record(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["subject"];
        all.extend(arguments);
        all.extend(["--who", "A. Nurse", "--yes", "--json"]);
        let output = self.run(&all);
        assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["recorded"], true);
        document
    }

    /// Refused or asked, with the code of the first finding.
    pub fn refused(&self, arguments: &[&str], code: &str) -> String {
        let mut all = vec!["subject"];
        all.extend(arguments);
        all.extend(["--who", "A. Nurse", "--yes", "--json"]);
        let output = self.run(&all);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(document["error"]["code"], code, "{document:#}");
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn show(&self) -> Value {
        let output = self.run(&["subject", "show", "S-014", "--json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub fn enrol(&self) {
        let add = ["add", "S-014", REGIMEN, "--height", "170", "--weight", "65", "--start", "2026-12-07"];
        self.refused(&add, "draft");
        let mut add = add.to_vec();
        add.extend(["--accept", "draft=training"]);
        self.record(&add);
    }
}
