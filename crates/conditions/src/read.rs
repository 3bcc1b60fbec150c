//! From text to a checked condition: CEL parses it, and its syntax tree is walked once. What lies outside the subset is
//! refused with its place; nothing is half understood.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr as Tree, LiteralValue, operators};

use crate::{Comparison, Condition, ConditionFault, Expr, Field, Kind, Schema};

type Checked<T> = Result<T, ConditionFault>;

impl Condition {
    /// Parses and checks a condition on records of a schema.
    pub fn read(source: &str, schema: &Schema) -> Checked<Self> {
        let program = cel::Program::compile(source).map_err(|faults| {
            let first = faults.errors.first();
            let at = first.and_then(|fault| usize::try_from(fault.pos.1).ok()).unwrap_or(1);
            let message = first.map(|fault| fault.msg.clone()).unwrap_or_default();
            ConditionFault::Unreadable { at, message }
        })?;
        let walk = Walk { program: &program, schema };
        let expr = walk.expr(program.expression())?;
        Ok(Self::new(source.to_owned(), expr, program))
    }
}

struct Walk<'a> {
    program: &'a cel::Program,
    schema: &'a Schema,
}

impl Walk<'_> {
    fn at(&self, tree: &IdedExpr) -> usize {
        self.program.source_info().offset_for(tree.id).map_or(1, |(start, _)| start as usize + 1)
    }

    fn not_taken(&self, tree: &IdedExpr, what: &str) -> ConditionFault {
        ConditionFault::NotTaken { at: self.at(tree), what: what.to_owned() }
    }

    fn expr(&self, tree: &IdedExpr) -> Checked<Expr> {
        match &tree.expr {
            Tree::Literal(LiteralValue::Boolean(fixed)) => Ok(Expr::Always(*fixed.inner())),
            Tree::Select(_) | Tree::Ident(_) => {
                let (at, field) = self.field(tree)?;
                if field.kind == Kind::Flag { Ok(Expr::Flag(at)) } else { Err(self.wrong_kind(tree, field)) }
            }
            Tree::Call(call) => self.call(tree, call),
            Tree::Literal(_) => Err(self.not_taken(tree, "giá trị đơn")),
            Tree::Comprehension(_) => Err(self.not_taken(tree, "all/exists/map/filter")),
            _ => Err(self.not_taken(tree, "list/map/struct")),
        }
    }

    fn call(&self, tree: &IdedExpr, call: &CallExpr) -> Checked<Expr> {
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_NOT, [inner]) => Ok(Expr::Not(Box::new(self.expr(inner)?))),
            (operators::LOGICAL_AND, [a, b]) => Ok(Expr::And(Box::new(self.expr(a)?), Box::new(self.expr(b)?))),
            (operators::LOGICAL_OR, [a, b]) => Ok(Expr::Or(Box::new(self.expr(a)?), Box::new(self.expr(b)?))),
            (operators::IN, [a, b]) => self.membership(tree, a, b),
            (name, [a, b]) => match comparison(name) {
                Some(how) => self.compare(a, how, b),
                None => Err(self.not_taken(tree, name.trim_matches(['_', '@']))),
            },
            (name, _) => Err(self.not_taken(tree, name.trim_matches(['_', '@']))),
        }
    }

    fn compare(&self, a: &IdedExpr, how: Comparison, b: &IdedExpr) -> Checked<Expr> {
        let (field_side, literal, how) = if is_field(a) { (a, b, how) } else { (b, a, how.turned()) };
        let (at, field) = self.field(field_side)?;
        let is_equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        let expr = match (field.kind, self.literal(literal)?) {
            (Kind::Number, LiteralValue::Int(limit)) => {
                let limit = i32::try_from(*limit.inner()).map_err(|_| self.not_taken(literal, "số quá lớn"))?;
                return Ok(Expr::Compare(at, how, limit));
            }
            (Kind::Word, LiteralValue::String(word)) if is_equality => {
                Expr::Is(at, vec![self.choice(literal, field, word.inner())?])
            }
            (Kind::Flag, LiteralValue::Boolean(wanted)) if is_equality => {
                if *wanted.inner() {
                    Expr::Flag(at)
                } else {
                    Expr::Not(Box::new(Expr::Flag(at)))
                }
            }
            _ => return Err(self.wrong_kind(field_side, field)),
        };
        Ok(if how == Comparison::NotEqual { Expr::Not(Box::new(expr)) } else { expr })
    }

    /// `household.class in ['poor', 'near_poor']` or `'job' in person.needs`.
    fn membership(&self, tree: &IdedExpr, what: &IdedExpr, of: &IdedExpr) -> Checked<Expr> {
        if let Tree::List(list) = &of.expr {
            let (at, field) = self.field(what)?;
            if field.kind != Kind::Word {
                return Err(self.wrong_kind(what, field));
            }
            let words = list.elements.iter().map(|element| match self.literal(element)? {
                LiteralValue::String(word) => self.choice(element, field, word.inner()),
                _ => Err(self.wrong_kind(element, field)),
            });
            return Ok(Expr::Is(at, words.collect::<Checked<Vec<_>>>()?));
        }
        if !is_field(of) {
            return Err(self.not_taken(tree, "in"));
        }
        let (at, field) = self.field(of)?;
        match (field.kind, self.literal(what)?) {
            (Kind::Words, LiteralValue::String(word)) => Ok(Expr::Has(at, self.choice(what, field, word.inner())?)),
            _ => Err(self.wrong_kind(of, field)),
        }
    }

    fn field(&self, tree: &IdedExpr) -> Checked<(usize, &Field)> {
        let name = spelled(tree).ok_or_else(|| self.not_taken(tree, "biểu thức"))?;
        let unknown = || ConditionFault::UnknownField { at: self.at(tree), field: name.clone() };
        let at = self.schema.position(&name).ok_or_else(unknown)?;
        self.schema.field(at).map(|field| (at, field)).ok_or_else(unknown)
    }

    fn literal<'t>(&self, tree: &'t IdedExpr) -> Checked<&'t LiteralValue> {
        match &tree.expr {
            Tree::Literal(literal) => Ok(literal),
            _ => Err(self.not_taken(tree, "so sánh hai trường")),
        }
    }

    fn choice(&self, tree: &IdedExpr, field: &Field, word: &str) -> Checked<String> {
        if field.code(word).is_some() {
            return Ok(word.to_owned());
        }
        Err(ConditionFault::UnknownChoice { at: self.at(tree), field: field.id.clone(), choice: word.to_owned() })
    }

    fn wrong_kind(&self, tree: &IdedExpr, field: &Field) -> ConditionFault {
        ConditionFault::WrongKind { at: self.at(tree), field: field.id.clone() }
    }
}

fn comparison(name: &str) -> Option<Comparison> {
    Some(match name {
        operators::EQUALS => Comparison::Equal,
        operators::NOT_EQUALS => Comparison::NotEqual,
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::AtMost,
        operators::GREATER => Comparison::More,
        operators::GREATER_EQUALS => Comparison::AtLeast,
        _ => return None,
    })
}

fn is_field(tree: &IdedExpr) -> bool {
    spelled(tree).is_some()
}

/// `person.age`, when the tree spells a name.
fn spelled(tree: &IdedExpr) -> Option<String> {
    match &tree.expr {
        Tree::Ident(name) => Some(name.clone()),
        Tree::Select(select) if !select.test => Some(format!("{}.{}", spelled(&select.operand)?, select.field)),
        _ => None,
    }
}
