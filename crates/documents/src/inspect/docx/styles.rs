//! The look of paragraphs and runs as Word resolves it: defaults, then the chain of styles, then what is set directly.

use std::collections::BTreeMap;

use super::super::model::Align;
use super::super::xml::Node;

/// How runs look; `None` where nothing is set.
#[derive(Clone, Debug, Default)]
pub(super) struct RunLook {
    font: Option<String>,
    font_other: Option<String>,
    size_pt: Option<f64>,
    bold: Option<bool>,
    italic: Option<bool>,
    caps: Option<bool>,
    underline: Option<bool>,
    hidden: Option<bool>,
    colour: Option<String>,
}

/// How paragraphs look; lengths in twips.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphLook {
    pub(super) align: Option<Align>,
    pub(super) left: Option<f64>,
    pub(super) right: Option<f64>,
    pub(super) first_line: Option<f64>,
    pub(super) before: Option<f64>,
    pub(super) after: Option<f64>,
    line: Option<f64>,
    line_is_exact: Option<bool>,
    pub(super) contextual: Option<bool>,
    pub(super) numbering: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) border_above: Option<bool>,
    pub(super) border_below: Option<bool>,
}

/// A run's look, settled.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) font: String,
    pub(super) font_other: String,
    pub(super) size_pt: f64,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) caps: bool,
    pub(super) underline: bool,
    pub(super) hidden: bool,
    pub(super) colour: String,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    run: RunLook,
    paragraph: ParagraphLook,
    is_ruled: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    run: RunLook,
    paragraph: ParagraphLook,
    theme: [Option<String>; 2],
}

/// The longest chain of styles.
const CHAIN_MAX: usize = 20;

impl Styles {
    pub(super) fn new(styles: Option<&Node>, theme: Option<&Node>) -> Self {
        let latin = |scheme: &str| Some(theme?.find(scheme)?.child("a:latin")?.attribute("typeface")?.to_owned());
        let mut known = Self { theme: [latin("a:majorFont"), latin("a:minorFont")], ..Self::default() };
        let Some(root) = styles else { return known };
        if let Some(defaults) = root.child("w:docDefaults") {
            known.run = known.run_look(defaults.find("w:rPr"));
            known.paragraph = paragraph_look(defaults.child("w:pPrDefault").and_then(|node| node.child("w:pPr")));
        }
        for node in root.all("w:style") {
            let Some(id) = node.attribute("w:styleId") else { continue };
            let is_default = matches!(node.attribute("w:default"), Some("1" | "true"));
            if is_default && node.attribute("w:type") == Some("paragraph") {
                known.default_paragraph = Some(id.to_owned());
            }
            let style = Style {
                based_on: node.value("w:basedOn").map(str::to_owned),
                run: known.run_look(node.child("w:rPr")),
                paragraph: paragraph_look(node.child("w:pPr")),
                is_ruled: node.child("w:tblPr").is_some_and(has_borders),
            };
            known.styles.insert(id.to_owned(), style);
        }
        known
    }

    /// The look of a paragraph with these properties, before its numbering.
    pub(super) fn paragraph(&self, properties: Option<&Node>) -> (ParagraphLook, ParagraphLook) {
        let chain = self.chain(self.style_of(properties));
        let styled = chain.iter().fold(self.paragraph.clone(), |look, style| look.then(&style.paragraph));
        (styled, paragraph_look(properties))
    }

    /// The look of a run in a paragraph.
    pub(super) fn run(&self, paragraph: Option<&Node>, run: Option<&Node>) -> Settled {
        let merge = |chain: Vec<&Style>| chain.iter().fold(RunLook::default(), |look, style| look.then(&style.run));
        let of_paragraph = merge(self.chain(self.style_of(paragraph)));
        let of_run = merge(self.chain(run.and_then(|node| node.value("w:rStyle"))));
        let direct = self.run_look(run);
        let all = self.run.clone().then(&of_paragraph).then(&of_run).then(&direct);
        // A switch that both the paragraph's and the run's style turn on is off: that is how Word reads it.
        let switch = |pick: fn(&RunLook) -> Option<bool>| {
            let by_style = pick(&of_paragraph).unwrap_or(false) ^ pick(&of_run).unwrap_or(false);
            pick(&direct).unwrap_or(by_style || pick(&self.run).unwrap_or(false))
        };
        let font = all.font.unwrap_or_else(|| "Times New Roman".to_owned());
        Settled {
            font_other: all.font_other.unwrap_or_else(|| font.clone()),
            font,
            size_pt: all.size_pt.unwrap_or(10.0),
            bold: switch(|look| look.bold),
            italic: switch(|look| look.italic),
            caps: switch(|look| look.caps),
            underline: all.underline.unwrap_or(false),
            hidden: switch(|look| look.hidden),
            colour: all.colour.unwrap_or_else(|| "000000".to_owned()),
        }
    }

    /// Whether a table of this style shows rules.
    pub(super) fn is_ruled(&self, style: Option<&str>) -> bool {
        self.chain(style).iter().any(|style| style.is_ruled)
    }

    fn style_of<'a>(&'a self, properties: Option<&'a Node>) -> Option<&'a str> {
        properties.and_then(|node| node.value("w:pStyle")).or(self.default_paragraph.as_deref())
    }

    /// From the root of the chain down to the style itself.
    fn chain(&self, style: Option<&str>) -> Vec<&Style> {
        let mut chain = Vec::new();
        let mut next = style.and_then(|id| self.styles.get(id));
        while let Some(style) = next.filter(|_| chain.len() < CHAIN_MAX) {
            chain.push(style);
            next = style.based_on.as_ref().and_then(|id| self.styles.get(id));
        }
        chain.reverse();
        chain
    }

    fn run_look(&self, properties: Option<&Node>) -> RunLook {
        let Some(node) = properties else { return RunLook::default() };
        let fonts = node.child("w:rFonts");
        let named = |plain: &str, theme: &str| {
            let fonts = fonts?;
            let by_theme =
                fonts.attribute(theme).and_then(|name| self.theme[usize::from(!name.starts_with("major"))].clone());
            by_theme.or_else(|| fonts.attribute(plain).map(str::to_owned))
        };
        let colour = node.value("w:color").map(|value| match value {
            "auto" => "000000".to_owned(),
            value => value.to_ascii_lowercase(),
        });
        RunLook {
            font: named("w:ascii", "w:asciiTheme"),
            font_other: named("w:hAnsi", "w:hAnsiTheme"),
            size_pt: number(node.value("w:sz")).map(|halves| halves / 2.0),
            bold: node.switch("w:b"),
            italic: node.switch("w:i"),
            caps: node.switch("w:caps"),
            underline: node.switch("w:u"),
            hidden: node.switch("w:vanish"),
            colour,
        }
    }
}

impl RunLook {
    /// What is set in `over` stands, the rest is kept.
    fn then(self, over: &Self) -> Self {
        Self {
            font: over.font.clone().or(self.font),
            font_other: over.font_other.clone().or(self.font_other),
            size_pt: over.size_pt.or(self.size_pt),
            bold: over.bold.or(self.bold),
            italic: over.italic.or(self.italic),
            caps: over.caps.or(self.caps),
            underline: over.underline.or(self.underline),
            hidden: over.hidden.or(self.hidden),
            colour: over.colour.clone().or(self.colour),
        }
    }
}

impl ParagraphLook {
    /// What is set in `over` stands, the rest is kept.
    pub(super) fn then(self, over: &Self) -> Self {
        Self {
            align: over.align.or(self.align),
            left: over.left.or(self.left),
            right: over.right.or(self.right),
            first_line: over.first_line.or(self.first_line),
            before: over.before.or(self.before),
            after: over.after.or(self.after),
            line: over.line.or(self.line),
            line_is_exact: over.line_is_exact.or(self.line_is_exact),
            contextual: over.contextual.or(self.contextual),
            numbering: over.numbering.clone().or(self.numbering),
            level: over.level.or(self.level),
            border_above: over.border_above.or(self.border_above),
            border_below: over.border_below.or(self.border_below),
        }
    }

    /// The distance of lines as a multiple of single, for letters of this size.
    pub(super) fn line_spacing(&self, size_pt: f64) -> f64 {
        // Times New Roman's single line is 1.15 times its size.
        const SINGLE: f64 = 1.15;
        match (self.line, self.line_is_exact.unwrap_or(false)) {
            (None, _) => 1.0,
            (Some(line), false) => line / 240.0,
            (Some(line), true) => line / 20.0 / (size_pt * SINGLE),
        }
    }
}

/// What is set directly in paragraph properties.
pub(super) fn paragraph_look(properties: Option<&Node>) -> ParagraphLook {
    let Some(node) = properties else { return ParagraphLook::default() };
    let indent = node.child("w:ind");
    let indents = |names: [&str; 2]| number(indent.and_then(|node| names.iter().find_map(|name| node.attribute(name))));
    let spacing = node.child("w:spacing");
    let spaced = |name: &str, automatic: &str| {
        let node = spacing?;
        // Word's "automatic" room between paragraphs is 14 points.
        let is_automatic = matches!(node.attribute(automatic), Some("1" | "true"));
        if is_automatic { Some(280.0) } else { number(node.attribute(name)) }
    };
    let rule = spacing.and_then(|node| node.attribute("w:lineRule"));
    let numbering = node.child("w:numPr");
    let border = |side: &str| {
        let value = node.child("w:pBdr")?.child(side)?.attribute("w:val")?;
        Some(!matches!(value, "nil" | "none"))
    };
    ParagraphLook {
        align: node.value("w:jc").and_then(align).or_else(|| framed(node)),
        left: indents(["w:left", "w:start"]),
        right: indents(["w:right", "w:end"]),
        first_line: indents(["w:hanging", "w:hanging"])
            .map(|by| -by)
            .or_else(|| indents(["w:firstLine", "w:firstLine"])),
        before: spaced("w:before", "w:beforeAutospacing"),
        after: spaced("w:after", "w:afterAutospacing"),
        line: number(spacing.and_then(|node| node.attribute("w:line"))),
        line_is_exact: rule.map(|rule| rule != "auto"),
        contextual: node.switch("w:contextualSpacing"),
        numbering: numbering.and_then(|node| node.value("w:numId")).map(str::to_owned),
        level: numbering.and_then(|node| node.value("w:ilvl")).and_then(|level| level.parse().ok()),
        border_above: border("w:top"),
        border_below: border("w:bottom"),
    }
}

fn align(value: &str) -> Option<Align> {
    match value {
        "left" | "start" => Some(Align::Left),
        "center" => Some(Align::Centre),
        "right" | "end" => Some(Align::Right),
        "both" | "distribute" => Some(Align::Both),
        _ => None,
    }
}

/// A frame that is centred on the page: how Word places a page number.
fn framed(properties: &Node) -> Option<Align> {
    align(properties.child("w:framePr")?.attribute("w:xAlign")?)
}

pub(super) fn has_borders(properties: &Node) -> bool {
    ["w:tblBorders", "w:tcBorders"].iter().filter_map(|name| properties.child(name)).any(|borders| {
        borders.children.iter().any(|side| {
            !matches!(side.attribute("w:val"), None | Some("nil" | "none")) && side.attribute("w:sz") != Some("0")
        })
    })
}

/// A number as an attribute spells it.
pub(super) fn number(text: Option<&str>) -> Option<f64> {
    text?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
