//! Imports of TypeScript and JavaScript, read from what oxc's parser makes of a file.

mod depth;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{
    CallExpression, ExportAllDeclaration, ExportNamedDeclaration, Expression, FormalParameters,
    ImportDeclaration, ImportDeclarationSpecifier, ImportExpression, ImportOrExportKind,
    StringLiteral, TSExternalModuleReference, TSImportEqualsDeclaration, TSImportType,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

use super::import::{Import, Kind, What};

pub(super) use depth::STACK;

/// The imports of a source; `extension` tells its dialect.
///
/// # Errors
/// The line at which it stops being that language, and why.
pub(super) fn scan(source: &[u8], extension: &str) -> (Vec<Import>, Option<(u32, &'static str)>) {
    let Ok(text) = str::from_utf8(source) else {
        let valid = source.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        return (Vec::new(), Some((line(source, valid), "bytes that are no UTF-8")));
    };
    if !depth::fits(source) {
        return (Vec::new(), Some((1, "it could be nested too deeply to be parsed")));
    }
    let kind = SourceType::from_extension(extension).unwrap_or_else(|_| SourceType::tsx());
    let first = parse(text, kind);
    match first {
        // Scripts may say what modules may not, such as `with` or an octal number.
        Err(_) if matches!(extension, "js" | "jsx" | "cjs") => {
            parse(text, kind.with_script(true)).or(first)
        }
        _ => first,
    }
    .map_or_else(|at| (Vec::new(), Some((line(source, at), "it does not parse"))), |i| (i, None))
}

/// The number of the line that a byte stands in.
fn line(source: &[u8], at: usize) -> u32 {
    let before = &source[..at.min(source.len())];
    u32::try_from(before.iter().filter(|byte| **byte == b'\n').count() + 1).unwrap_or(u32::MAX)
}

fn parse(text: &str, kind: SourceType) -> Result<Vec<Import>, usize> {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, kind).with_options(options).parse();
    if parsed.panicked {
        let label = parsed.errors.first().and_then(|error| error.labels.as_ref()?.first().cloned());
        return Err(label.map_or(0, |label| label.offset()));
    }
    let mut found = Found { functions: 0, own: 0, at: Vec::new() };
    found.visit_program(&parsed.program);
    found.at.sort_by_key(|(at, _, _)| *at);
    let (mut number, mut seen) = (1, 0);
    let import = |(at, kind, what): (u32, Kind, String)| {
        let at = (at as usize).min(text.len());
        number += line(&text.as_bytes()[seen..], at - seen) - 1;
        seen = at;
        Import { line: number, kind, guarded: false, what: What::Script(what) }
    };
    Ok(found.at.into_iter().map(import).collect())
}

/// What the walk over a file found.
struct Found {
    /// How many functions it is within, and how many of them have a `require` of their own.
    functions: u32,
    own: u32,
    at: Vec<(u32, Kind, String)>,
}

impl Found {
    fn push(&mut self, at: u32, kind: Kind, source: &StringLiteral<'_>) {
        self.at.push((at, kind, source.value.to_string()));
    }
}

/// The kind of what stands at the top of a module.
fn kind(types: ImportOrExportKind, all_types: bool) -> Kind {
    if types == ImportOrExportKind::Type || all_types { Kind::Types } else { Kind::Plain }
}

impl<'a> Visit<'a> for Found {
    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        let types = |specifier: &ImportDeclarationSpecifier<'a>| {
            matches!(specifier, ImportDeclarationSpecifier::ImportSpecifier(one)
                if one.import_kind == ImportOrExportKind::Type)
        };
        let all = it.specifiers.as_ref().is_some_and(|s| !s.is_empty() && s.iter().all(types));
        self.push(it.span.start, kind(it.import_kind, all), &it.source);
    }

    fn visit_export_named_declaration(&mut self, it: &ExportNamedDeclaration<'a>) {
        if let Some(source) = &it.source {
            let types = |one: &oxc_ast::ast::ExportSpecifier<'a>| {
                one.export_kind == ImportOrExportKind::Type
            };
            let all = !it.specifiers.is_empty() && it.specifiers.iter().all(types);
            self.push(it.span.start, kind(it.export_kind, all), source);
        }
        walk::walk_export_named_declaration(self, it);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        self.push(it.span.start, kind(it.export_kind, false), &it.source);
    }

    fn visit_ts_import_equals_declaration(&mut self, it: &TSImportEqualsDeclaration<'a>) {
        let types = it.import_kind == ImportOrExportKind::Type;
        let before = self.at.len();
        walk::walk_ts_import_equals_declaration(self, it);
        if types {
            self.at[before..].iter_mut().for_each(|found| found.1 = Kind::Types);
        }
    }

    fn visit_ts_external_module_reference(&mut self, it: &TSExternalModuleReference<'a>) {
        self.push(it.span.start, Kind::Plain, &it.expression);
    }

    fn visit_ts_import_type(&mut self, it: &TSImportType<'a>) {
        self.push(it.span.start, Kind::Types, &it.source);
        walk::walk_ts_import_type(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        match &it.source {
            Expression::StringLiteral(source) => self.push(it.span.start, Kind::Lazy, source),
            Expression::TemplateLiteral(source) if source.is_no_substitution_template() => {
                let text = source.single_quasi().map(|text| text.to_string()).unwrap_or_default();
                self.at.push((it.span.start, Kind::Lazy, text));
            }
            _ => {}
        }
        walk::walk_import_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if let Some(source) = it.common_js_require().filter(|_| self.own == 0) {
            let kind = if self.functions == 0 { Kind::Plain } else { Kind::Lazy };
            self.push(it.span.start, kind, source);
        }
        walk::walk_call_expression(self, it);
    }

    fn enter_node(&mut self, node: AstKind<'a>) {
        if let Some(parameters) = parameters(&node) {
            self.functions += 1;
            self.own += u32::from(takes_require(parameters));
        }
    }

    fn leave_node(&mut self, node: AstKind<'a>) {
        if let Some(parameters) = parameters(&node) {
            self.functions -= 1;
            self.own -= u32::from(takes_require(parameters));
        }
    }
}

fn parameters<'n, 'a>(node: &'n AstKind<'a>) -> Option<&'n FormalParameters<'a>> {
    match node {
        AstKind::Function(function) => Some(&function.params),
        AstKind::ArrowFunctionExpression(function) => Some(&function.params),
        _ => None,
    }
}

/// Whether a function brings its own `require`, as the modules of a bundle do.
fn takes_require(parameters: &FormalParameters<'_>) -> bool {
    parameters
        .items
        .iter()
        .any(|one| one.pattern.get_identifier_name().is_some_and(|name| name == "require"))
}
