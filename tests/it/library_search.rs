//! A regimen is found by the words people have for it, and one that is not there leads on to making it.

use std::fs;

use crate::program::Home;

/// What a unit asks first, and the file that has to come first.
#[rustfmt::skip]
const ASKED: [(&str, &str); 136] = [
    ("CyBorD",                    "heme-cybord"),
    ("VCD",                       "heme-cybord"),
    ("cisplatin weekly",          "hn-cisplatin-weekly-radiotherapy"),
    ("CCRT",                      "hn-cisplatin-weekly-radiotherapy"),
    ("concurrent cisplatin",      "hn-cisplatin-weekly-radiotherapy"),
    ("cisplatin 100 radiotherapy", "npc-cisplatin-three-weekly-radiotherapy"),
    ("nimotuzumab radiotherapy",  "npc-nimotuzumab-radiotherapy"),
    ("penpulimab",                "npc-gp-penpulimab"),
    ("toripalimab",               "npc-gp-toripalimab"),
    ("GX",                        "npc-gx-tislelizumab"),
    ("nab-TPC",                   "npc-nab-tpc"),
    ("鼻咽癌",                    "npc-camrelizumab-apatinib"),
    ("卡瑞利珠单抗",              "npc-camrelizumab-apatinib"),
    ("尼妥珠单抗",                "npc-liposomal-irinotecan-nituzumab"),
    ("nituzumab",                 "npc-liposomal-irinotecan-nituzumab"),
    ("FLOT",                      "gi-flot"),
    ("mFOLFIRINOX",               "gi-mfolfirinox"),
    ("FOLFIRINOX",                "gi-folfirinox"),
    ("gemcitabine nab-paclitaxel", "gi-gemcitabine-nab-paclitaxel"),
    ("Abraxane gemcitabine",      "gi-gemcitabine-nab-paclitaxel"),
    ("gemcitabine cisplatin",     "gi-gemcitabine-cisplatin"),
    ("SOX",                       "gi-sox"),
    ("S-1",                       "gi-sox"),
    ("AC",                        "br-ac-weekly-paclitaxel"),
    ("TC",                        "br-tc"),
    ("TCHP",                      "br-tchp"),
    ("Trodelvy",                  "br-sacituzumab-govitecan"),
    ("sacituzumab",               "br-sacituzumab-govitecan"),
    ("atezolizumab",              "liver-atezolizumab-bevacizumab"),
    ("KEYNOTE-522",               "br-keynote-522"),
    ("pemetrexed",                "lung-carboplatin-pemetrexed-pembrolizumab"),
    ("KEYNOTE-189",               "lung-carboplatin-pemetrexed-pembrolizumab"),
    ("bendamustine",              "heme-bendamustine-rituximab"),
    ("venetoclax azacitidine",    "heme-azacitidine-venetoclax"),
    ("VRd",                       "heme-vrd-weekly"),
    ("7+3",                       "heme-7plus3-60"),
    ("多西他赛 环磷酰胺",          "br-tc"),
    ("曲妥珠单抗",                "br-trastuzumab"),
    ("temodal",                   "cns-stupp"),
    ("avastin",                   "gi-folfiri-bevacizumab"),
    ("eloxatin",                  "gi-capox-nivolumab"),
    ("glivec",                    "heme-imatinib"),
    ("mabthera",                  "heme-bendamustine-rituximab"),
    ("赫赛汀",                    "br-trastuzumab"),
    ("希罗达",                    "gi-capecitabine"),
    ("格列卫",                    "heme-imatinib"),
    ("泰瑞沙",                    "lung-osimertinib"),
    ("甲氨蝶呤",                  "br-cmf"),
    ("卡培他滨",                  "gi-capecitabine"),
    ("R-CHOP",                    "heme-rchop21"),
    ("T-DXd",                     "br-trastuzumab-deruxtecan"),
    ("Enhertu",                   "br-trastuzumab-deruxtecan"),
    ("FOLFOX",                    "gi-mfolfox6"),
    ("Xeloda",                    "gi-capecitabine"),
    ("sintilimab",                "npc-gp-sintilimab"),
    ("CONTINUUM",                 "npc-gp-sintilimab"),
    ("docetaxel camrelizumab",    "npc-camrelizumab-apatinib-arms"),
    ("FOLFOXIRI",                 "gi-folfoxiri-bevacizumab"),
    ("panitumumab",               "gi-mfolfox6-panitumumab"),
    ("Vectibix",                  "gi-mfolfox6-panitumumab"),
    ("cetuximab FOLFIRI",         "gi-folfiri-cetuximab"),
    ("CAPOX nivolumab",           "gi-capox-nivolumab"),
    ("CheckMate 649",             "gi-capox-nivolumab"),
    ("durvalumab",                "lung-durvalumab-after-chemoradiation"),
    ("PACIFIC",                   "lung-durvalumab-after-chemoradiation"),
    ("osimertinib",               "lung-osimertinib"),
    ("Tagrisso",                  "lung-osimertinib"),
    ("carboplatin etoposide atezolizumab", "lung-carboplatin-etoposide-atezolizumab"),
    ("IMpower133",                "lung-carboplatin-etoposide-atezolizumab"),
    ("trastuzumab",               "br-trastuzumab"),
    ("herceptin",                 "br-trastuzumab"),
    ("abemaciclib",               "br-abemaciclib"),
    ("ribociclib",                "br-ribociclib"),
    ("Kisqali",                   "br-ribociclib"),
    ("Pola-R-CHP",                "heme-pola-r-chp"),
    ("polatuzumab",               "heme-pola-r-chp"),
    ("D-VRd",                     "heme-d-vrd"),
    ("FLAG-Ida",                  "heme-flag-ida"),
    ("FLAG",                      "heme-flag-ida"),
    ("A+AVD",                     "heme-bv-avd"),
    ("brentuximab",               "heme-bv-avd"),
    ("R-ICE",                     "heme-r-ice"),
    ("GDP",                       "heme-gdp"),
    ("R-DHAP",                    "heme-r-dhap"),
    ("FOLFIRI bevacizumab",       "gi-folfiri-bevacizumab"),
    ("docetaxel pertuzumab",      "br-docetaxel-pertuzumab-trastuzumab"),
    ("FOLFIRI",                   "gi-folfiri"),
    ("5-FU",                      "br-cmf"),
    ("onivyde",                   "npc-liposomal-irinotecan-nituzumab"),
    ("BEAM",                      "heme-beam"),
    ("FEC",                       "br-fec-100"),
    ("melphalan",                 "heme-beam"),
    ("Nivo-AVD",                  "heme-nivolumab-avd"),
    ("carboplatin etoposide durvalumab", "lung-carboplatin-etoposide-durvalumab"),
    ("CASPIAN",                   "lung-carboplatin-etoposide-durvalumab"),
    ("trastuzumab subcutaneous",  "br-trastuzumab-subcutaneous"),
    ("Herceptin Hylecta",         "br-trastuzumab-subcutaneous"),
    ("trastuzumab sc",            "br-trastuzumab-subcutaneous"),
    ("CMF",                       "br-cmf"),
    ("ddMVAC",                    "gu-ddmvac"),
    ("MVAC",                      "gu-ddmvac"),
    ("PCV",                       "cns-pcv"),
    ("CCNU",                      "cns-pcv"),
    ("KRd",                       "heme-krd"),
    ("cabazitaxel",               "gu-cabazitaxel"),
    ("Jevtana",                   "gu-cabazitaxel"),
    ("regorafenib",               "gi-regorafenib"),
    ("Stivarga",                  "gi-regorafenib"),
    ("zanubrutinib",              "heme-zanubrutinib"),
    ("Brukinsa",                  "heme-zanubrutinib"),
    ("enfortumab",                "gu-enfortumab-vedotin"),
    ("Padcev",                    "gu-enfortumab-vedotin"),
    ("hyper-CVAD",                "heme-hyper-cvad-part-a"),
    ("hyperCVAD part B",          "heme-hyper-cvad-part-b"),
    ("ibrutinib",                 "heme-ibrutinib"),
    ("Imbruvica",                 "heme-ibrutinib"),
    ("dasatinib",                 "heme-dasatinib"),
    ("Sprycel",                   "heme-dasatinib"),
    ("olaparib",                  "gyn-olaparib"),
    ("Lynparza",                  "gyn-olaparib"),
    ("fruquintinib",              "gi-fruquintinib"),
    ("Elunate",                   "gi-fruquintinib"),
    ("ramucirumab",               "gi-ramucirumab-paclitaxel"),
    ("Cyramza",                   "gi-ramucirumab-paclitaxel"),
    ("topotecan",                 "gyn-topotecan"),
    ("EC-T",                      "br-ddec-t"),
    ("PF pembrolizumab",          "hn-cisplatin-fluorouracil-pembrolizumab"),
    ("BrECADD",                   "heme-brecadd"),
    ("glofitamab",                "heme-glofitamab"),
    ("Columvi",                   "heme-glofitamab"),
    ("zimberelimab",              "heme-zimberelimab"),
    ("赛帕利单抗",                     "heme-zimberelimab"),
    ("nedaplatin",                "npc-nedaplatin-radiotherapy"),
    ("lobaplatin",                "npc-lobaplatin-fluorouracil"),
    ("isatuximab",                "heme-isatuximab-pomalidomide-dexamethasone"),
    ("Sarclisa",                  "heme-isatuximab-pomalidomide-dexamethasone"),
];

/// Asked too, and not shipped: short names that stand inside other words among them.
const ABSENT: [&str; 6] = ["VAC", "乳腺癌", "TACE", "mosunetuzumab", "aflibercept", "selinexor"];

#[test]
fn each_first_question_finds_its_file_first() {
    let home = Home::new();
    let mut wrong = Vec::new();
    for (words, id) in ASKED {
        let found = home.run(&["regimen", "list", words]);
        let first = found.out.split_whitespace().next().unwrap_or("nothing").to_owned();
        if first != id {
            wrong.push(format!("{words}: {first}, not {id}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The brand of one form of a drug lists no regimen with another.
#[test]
fn a_brand_of_one_form_finds_no_regimen_of_another() {
    let home = Home::new();
    for (brand, found, not) in
        [("onivyde", "gi-nalirifox", "gi-folfiri"), ("Abraxane", "npc-nab-tpc", "gyn-carboplatin-paclitaxel")]
    {
        let list = home.run(&["regimen", "list", brand]).out;
        let ids: Vec<&str> =
            list.lines().filter(|line| !line.starts_with(' ')).filter_map(|line| line.split(' ').next()).collect();
        assert!(ids.contains(&found) && !ids.contains(&not), "{brand}: {ids:?}");
    }
}

#[test]
fn what_is_not_shipped_is_said_with_the_way_to_make_it() {
    let home = Home::new();
    for words in ABSENT {
        let none = home.run(&["regimen", "list", words]);
        assert_eq!((none.code, none.out.as_str()), (1, ""), "{words}");
        for said in ["none is shipped", "posology regimen new", "--from", "docs/protocol-to-file.md"] {
            assert!(none.err.contains(said), "{words}: {}", none.err);
        }
    }
}

/// The guide's pieces, put together, are a file without problems that says what is left to check.
#[test]
fn whoever_follows_the_guide_has_a_checked_file() {
    let guide = include_str!("../../docs/protocol-to-file.md");
    let pieces = guide.split("```toml\n").skip(1).filter_map(|piece| piece.split("```").next());
    let home = Home::new();
    let path = home.path().join("tc-four-cycles.toml");
    fs::write(&path, pieces.collect::<Vec<_>>().join("\n")).unwrap();
    let checked = home.run(&["regimen", "check", path.to_str().unwrap()]);
    assert!(
        checked.out.contains("tc-four-cycles.toml: OK: no problems; 1 worked example reproduced"),
        "{}",
        checked.out
    );
    let shown = home.run(&["regimen", "show", path.to_str().unwrap()]);
    for line in
        ["Still to be checked", "[ ] not verified: docetaxel: round", "[ ] supportive care: partial: lacks granisetron"]
    {
        assert!(shown.out.contains(line), "{}", shown.out);
    }
}

#[test]
fn a_copy_is_a_draft_that_nobody_has_checked() {
    let home = Home::new();
    let new = home.run(&["regimen", "new", "my-folfox", "--from", "gi-mfolfox6"]);
    assert_eq!(new.code, 0, "{}", new.err);
    for (has, words) in [
        (true, "id         = \"my-folfox\""),
        (true, "version    = \"1\""),
        (true, "status     = \"draft\""),
        (true, "(copy)"),
        (false, "[[checked]]"),
    ] {
        assert_eq!(new.out.contains(words), has, "{words}\n{}", new.out);
    }
    let path = home.path().join("my-folfox.toml");
    fs::write(&path, &new.out).unwrap();
    let checked = home.run(&["regimen", "check", path.to_str().unwrap()]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let none = home.run(&["regimen", "new", "my-folfox", "--from", "gi-mfolfox66"]);
    assert_ne!(none.code, 0);
    assert!(none.err.contains("gi-mfolfox6"), "{}", none.err);
}

#[test]
fn two_sides_are_compared_figure_by_figure_with_room_for_the_decision() {
    let home = Home::new();
    let page = home.run(&["regimen", "compare", "gi-folfirinox", "gi-mfolfirinox"]);
    assert_eq!(page.code, 0, "{}", page.err);
    for words in
        ["[A] gi-folfirinox", "[B] gi-mfolfirinox", "irinotecan: dose", "180 mg/m2", "150 mg/m2", "decision ____"]
    {
        assert!(page.out.contains(words), "{words}\n{}", page.out);
    }
    let document = home.json(&["regimen", "compare", "gi-folfirinox", "gi-mfolfirinox"]);
    let rows = document["differences"].as_array().unwrap();
    let dose = rows.iter().find(|row| row["of"] == "irinotecan" && row["what"] == "dose").unwrap();
    assert_eq!(dose["said"][1]["value"], "150 mg/m2", "{dose:#}");
    let same = home.run(&["regimen", "compare", "gi-folfirinox", "gi-folfirinox"]);
    assert!(same.out.contains(" 0 differ"), "{}", same.out);
    let csv = home.path().join("ours.csv");
    fs::write(&csv, "of,what,value,source,quote\nirinotecan,dose,165 mg/m2,our protocol,section 6.1\n").unwrap();
    let three = home.run(&["regimen", "compare", "gi-folfirinox", "gi-mfolfirinox", csv.to_str().unwrap()]);
    assert!(three.out.contains("165 mg/m2") && three.out.contains("section 6.1"), "{}{}", three.out, three.err);
}

/// A list of some figures differs only where it says something, whatever its commas, capitals and semicolons; what no file has is told.
#[test]
fn a_list_of_figures_is_compared_where_it_says_something() {
    let home = Home::new();
    let csv = home.path().join("ours.csv");
    let told = |text: &str| {
        fs::write(&csv, text).unwrap();
        home.run(&["regimen", "compare", "npc-gp", csv.to_str().unwrap()]).out
    };
    let same = told("of,what,value\ngemcitabine,dose,1000 mg/m2\n");
    assert!(same.contains("1 figures alike, 0 differ"), "{same}");
    let semicolons =
        told("\u{feff}of;what;value;source\nGemcitabine;Dose;1,000 mg/m2;ours\ncisplatin;dose;75 mg/m2;ours\n");
    assert!(semicolons.contains("1 figures alike, 1 differ"), "{semicolons}");
    assert!(semicolons.contains("CISplatin: dose") && semicolons.contains("[B] 75 mg/m2"), "{semicolons}");
    let slip = told("of,what,value\ncispaltin,dose,80 mg/m2\n");
    assert!(slip.contains("No file has cispaltin: dose"), "{slip}");
    let page = home.run(&["regimen", "compare", "gi-folfirinox", "gi-mfolfirinox", csv.to_str().unwrap()]).out;
    assert!(!page.contains("Cycle: length"), "both files say 14 days, and the list is silent: {page}");
}
