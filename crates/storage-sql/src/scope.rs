//! The scope as SQL. Every list, count and search goes through here.

use domain::units::{Scope, ScopeLevel};

use crate::tx::Query;

/// The column that holds the codes of the scope's level.
pub(crate) fn column(level: ScopeLevel) -> &'static str {
    match level {
        ScopeLevel::Province => "province",
        ScopeLevel::District => "district",
        ScopeLevel::Commune => "commune",
    }
}

pub(crate) fn level_id(level: ScopeLevel) -> &'static str {
    norms::Level::from(level).id()
}

pub(crate) fn level_from(id: &str) -> Option<ScopeLevel> {
    norms::Level::from_id(id).map(ScopeLevel::from)
}

impl Query<'_> {
    /// ` <alias>.units_from = … AND <alias>.<level> = …`, to stand after WHERE or AND.
    #[must_use]
    pub(crate) fn in_scope(self, alias: &str, scope: &Scope) -> Self {
        self.push_bind(&format!(" {alias}.units_from = "), scope.units_from.iso())
            .push_bind(&format!(" AND {alias}.{} = ", column(scope.level)), scope.code.clone())
            .in_village(alias, scope)
    }

    /// ` AND <alias>.village = …`, where the scope is one village.
    fn in_village(self, alias: &str, scope: &Scope) -> Self {
        match scope.village {
            None => self,
            // A village itself is called `v`; everything else names the village it lies in.
            Some(village) if alias == "v" => self.push_bind(" AND v.id = ", village.0),
            Some(village) => self.push_bind(&format!(" AND {alias}.village = "), village.0),
        }
    }

    /// The same, where another index than the scope's is the one to use.
    #[must_use]
    pub(crate) fn also_in_scope(self, alias: &str, scope: &Scope) -> Self {
        self.push_bind(&format!(" {alias}.units_from || '' = "), scope.units_from.iso())
            .push_bind(&format!(" AND {alias}.{} || '' = ", column(scope.level)), scope.code.clone())
            .in_village(alias, scope)
    }

    /// The same for a row that names a unit (`units_from`, `level`, `code`): the unit is the scope's own or lies below.
    #[must_use]
    pub(crate) fn unit_in_scope(self, alias: &str, scope: &Scope) -> Self {
        let below = format!(
            " OR EXISTS (SELECT 1 FROM unit_place u WHERE u.units_from = {alias}.units_from AND u.level = {alias}.level \
             AND u.code = {alias}.code AND u.{} = ",
            column(scope.level)
        );
        // What belongs to a whole unit is not for one of its villages.
        let own = if scope.village.is_some() { " 1 = 0 AND" } else { "" };
        let query = self
            .push_bind(&format!("{own} {alias}.units_from = "), scope.units_from.iso())
            .push_bind(&format!(" AND (({alias}.level = "), level_id(scope.level))
            .push_bind(&format!(" AND {alias}.code = "), scope.code.clone())
            .push(")");
        match scope.level {
            ScopeLevel::Commune => query.push(")"),
            ScopeLevel::District | ScopeLevel::Province => query.push_bind(&below, scope.code.clone()).push("))"),
        }
    }
}
