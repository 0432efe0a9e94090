// Rules that look at a whole list: what it inherits, what an event touches, what may be withheld.

extension CatalogueList {
    /// The list with the baseline items that no item of its own covers.
    ///
    /// - Law: R-06; C-05: a baseline item not covered locally is inherited unless a reason is recorded.
    package func inheriting(_ baseline: CatalogueList) -> CatalogueList {
        let covered = Set(mappings.filter(\.relation.covers).map(\.baseline))
        let rest = baseline.items.filter { !covered.contains($0.id) }.map { $0.placed(relation: .inherited) }
        return CatalogueList(version: version, items: items + rest, mappings: mappings)
    }
}

extension [CatalogueItem] {
    /// The items whose clocks an event starts.
    ///
    /// A special item that replaces a general one within its kind of project leaves the general one out, so that
    /// one notice is never owed twice.
    ///
    /// - Parameters:
    ///   - eventKind: as the law data names it.
    ///   - item: only this item; the one that an event names.
    ///   - scopes: what kinds of project the event's project is.
    package func started(
        by eventKind: String, naming item: String?, in scopes: Set<ProjectScope> = []
    ) -> [CatalogueItem] {
        let touched = filter { $0.owes && $0.clocks.contains { $0.eventKind == eventKind } }
        if let item { return touched.filter { $0.id == item } }
        // What recurs belongs to no project, whatever kind of project the item is limited to.
        guard !["period.ended", "standing.started"].contains(eventKind) else { return touched }
        let inScope = touched.filter { $0.projectScope.map(scopes.contains) ?? true }
        let replaced = Set(inScope.map(\.replaces)).subtracting([""])
        return inScope.filter { !replaced.contains($0.id) }
    }
}

extension CatalogueItem {
    /// Every ground on which part of the item may stay undisclosed: the law's floor, the plan's general
    /// exclusion and the item's own.
    ///
    /// - Law; 政府信息公开条例 art. 14, 15.
    package func effectiveExclusions(_ plan: CataloguePlan?) -> [Exclusion] {
        let floor: Set<Exclusion> = [
            .stateSecret, .otherByLaw, .nationalSecurity, .publicSecurity, .economicSecurity,
            .socialStability,
            .tradeSecret, .personalPrivacy,
        ]
        let effective = floor.union(plan?.excluded ?? []).union(exclusions)
        return Exclusion.allCases.filter(effective.contains)
    }
}
