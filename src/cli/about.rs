//! What the program says about itself wherever it is met first.

/// One line.
pub(super) const SHORT: &str = "Calculates and plans the doses of a treatment regimen from height and weight";

/// What `--help` begins with.
pub(super) const LONG: &str = "\
Calculates and plans the doses of a treatment regimen: a regimen in TOML, a height and a weight in; every \
dated dose and how it came about out. For clinical research staff: pharmacists, study nurses, physicians.";

/// What `--help` and the manual end with.
pub(super) const STATEMENT: &str = "\
This program has not been assessed or cleared as a medical device anywhere. Software that calculates doses may \
be a medical device where it is used: the organisation using it decides, and documents, whether and how it is \
used, and validates it (posology selftest prints a report for the file). A qualified person checks every dose. \
Results are calculated from entered data; they are not an order.

Known limits: figures marked unverified have not been found in a publication; nothing is adjusted by itself for \
amputation, ascites, pregnancy or dialysis. Every formula is shown with its reference by its calc command.

To report an error, open an issue where you got this program; never include what identifies a patient.

Exit codes: 0 done; 1 an input is absent or unreadable, or a check failed; 2 wrong use; 3 readable but blocked, \
or advice that is not settled; 4 the record is damaged, or one of several subjects cannot be read; 5 the record is \
in use: try again.";
