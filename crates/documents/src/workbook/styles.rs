//! The look of the paper form: Times New Roman, thin rules, light colours for the cells that take values.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const FONT: &str = "Times New Roman";
/// Light yellow: type here.
const INPUT: Color = Color::RGB(0xFF_FB_E6);
/// Light blue: the workbook adds up.
const TOTAL: Color = Color::RGB(0xE6_F0_FA);
const HEAD: Color = Color::RGB(0xDD_E8_E0);
const SECTION: Color = Color::RGB(0xEF_F4_F0);
const BARRED: Color = Color::RGB(0xE3_E3_E3);
const PREVIOUS: Color = Color::RGB(0xF6_F6_F6);
const RULE: Color = Color::RGB(0x8A_94_8E);
const GREY: Color = Color::RGB(0x75_75_75);
const ALARM: Color = Color::RGB(0xB3_26_1E);

/// Every format of a workbook; made once per workbook.
pub(super) struct Styles {
    pub(super) plain: Format,
    pub(super) form_code: Format,
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) guidance: Format,
    pub(super) notes: Format,
    pub(super) hidden: Format,
    pub(super) head: Format,
    pub(super) head_previous: Format,
    pub(super) mark: Format,
    pub(super) section: Format,
    pub(super) section_number: Format,
    pub(super) number: Format,
    pub(super) measure: Format,
    pub(super) labels: [Format; 3],
    pub(super) label_heading: Format,
    pub(super) barred: Format,
    pub(super) empty: Format,
    pub(super) signature: Format,
    pub(super) signature_note: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let centred = || text().set_align(FormatAlign::Center);
        let ruled_centre = || ruled().set_align(FormatAlign::Center);
        let label = |indent: u8| ruled().set_align(FormatAlign::Left).set_indent(indent);
        let head = || ruled_centre().set_bold().set_background_color(HEAD);
        Self {
            plain: text().set_align(FormatAlign::Left),
            form_code: text().set_bold().set_align(FormatAlign::Left),
            title: centred().set_bold().set_font_size(14),
            subtitle: centred().set_italic().set_font_size(12),
            guidance: text().set_italic().set_font_size(10).set_font_color(GREY),
            notes: centred().set_bold().set_font_color(ALARM),
            hidden: text().set_font_size(8).set_font_color(GREY),
            head: head(),
            head_previous: head().set_font_color(GREY).set_background_color(PREVIOUS),
            mark: ruled_centre().set_italic().set_font_size(9).set_font_color(GREY),
            section: ruled().set_bold().set_background_color(SECTION),
            section_number: ruled_centre().set_bold().set_background_color(SECTION),
            number: ruled_centre(),
            measure: ruled_centre(),
            labels: [label(0), label(1), label(3)],
            label_heading: label(0).set_bold().set_italic(),
            barred: ruled_centre().set_background_color(BARRED).set_font_color(GREY),
            empty: ruled(),
            signature: centred().set_bold(),
            signature_note: centred().set_italic(),
        }
    }

    /// A cell that takes a value: open to typing.
    pub(super) fn input(shape: Shape) -> Format {
        shape.apply(ruled()).set_background_color(INPUT).set_unlocked()
    }

    /// A cell that the workbook adds up.
    pub(super) fn total(shape: Shape) -> Format {
        shape.apply(ruled()).set_bold().set_background_color(TOTAL)
    }

    /// Last year's value.
    pub(super) fn previous(shape: Shape) -> Format {
        shape.apply(ruled()).set_italic().set_font_color(GREY).set_background_color(PREVIOUS)
    }
}

/// How a value is aligned and, for numbers, with how many decimals it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Number(u8),
    Word,
    Sentence,
}

impl Shape {
    fn apply(self, format: Format) -> Format {
        match self {
            Self::Number(0) => format.set_align(FormatAlign::Right).set_num_format("#,##0"),
            Self::Number(decimals) => {
                let pattern = format!("#,##0.{}", "0".repeat(usize::from(decimals.min(8))));
                format.set_align(FormatAlign::Right).set_num_format(pattern)
            }
            Self::Word => format.set_align(FormatAlign::Center),
            Self::Sentence => format.set_align(FormatAlign::Left),
        }
    }
}

fn text() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

fn ruled() -> Format {
    text().set_border(FormatBorder::Thin).set_border_color(RULE)
}
