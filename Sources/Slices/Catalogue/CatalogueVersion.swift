import CivilTime

/// One version of a catalogue, in force from a day on until a later one takes its place (目录版本).
package struct CatalogueVersion: Sendable, Hashable, Codable {
    /// The catalogue's code and the first twelve digits of the hash: `FG-1f0c9d2b7a66`.
    package let id: String
    /// The code of the catalogue, which is that of the jurisdiction that made it.
    package let catalogue: String
    /// The code of the catalogue it refines; empty for none.
    package let baseline: String
    package let title: String
    /// 发文字号
    package let document: String
    package let effectiveFrom: Day
    /// SHA-256 of the list as `catalogue export --csv` writes it, lower case hexadecimal.
    package let sha256: String
    package let plans: [CataloguePlan]

    package init(
        id: String, catalogue: String, baseline: String, title: String, document: String, effectiveFrom: Day,
        sha256: String, plans: [CataloguePlan]
    ) {
        self.id = id
        self.catalogue = catalogue
        self.baseline = baseline
        self.title = title
        self.document = document
        self.effectiveFrom = effectiveFrom
        self.sha256 = sha256
        self.plans = plans
    }
}

extension CatalogueVersion {
    /// The facts of a later version of the same catalogue; its id and hash are those of its items, yet to be set.
    func replacing(plans: [CataloguePlan], effectiveFrom: Day) -> CatalogueVersion {
        CatalogueVersion(
            id: "", catalogue: catalogue, baseline: baseline, title: title, document: document,
            effectiveFrom: effectiveFrom, sha256: "", plans: plans)
    }
}

/// What a plan says once for all of its items (方案).
package struct CataloguePlan: Sendable, Hashable, Codable {
    package let plan: String
    package let document: String
    package let title: String
    /// 公开时限, as the plan words it.
    package let timeLimit: String
    /// 公开方式
    package let method: String
    /// 公开主体: how the plan assigns what it assigns to nobody by name.
    package let bodies: String
    /// 监督渠道
    package let supervision: String
    /// The plan's general exclusion.
    package let excluded: [Exclusion]
    /// Whether that exclusion ends with 等.
    package let excludedOpen: Bool

    package init(
        plan: String, document: String, title: String, timeLimit: String, method: String, bodies: String,
        supervision: String, excluded: [Exclusion], excludedOpen: Bool
    ) {
        self.plan = plan
        self.document = document
        self.title = title
        self.timeLimit = timeLimit
        self.method = method
        self.bodies = bodies
        self.supervision = supervision
        self.excluded = excluded
        self.excludedOpen = excludedOpen
    }
}

/// A catalogue version with its items: what is loaded, printed, checked and compared.
package struct CatalogueList: Sendable, Hashable {
    package let version: CatalogueVersion
    /// In the order of the plan. After `inheriting`, the inherited ones last.
    package let items: [CatalogueItem]
    package let mappings: [ItemMapping]
    /// The plans of the baseline under which inherited items stand; empty before `inheriting`.
    package let inheritedPlans: [CataloguePlan]

    package init(
        version: CatalogueVersion, items: [CatalogueItem], mappings: [ItemMapping],
        inheritedPlans: [CataloguePlan] = []
    ) {
        self.version = version
        self.items = items
        self.mappings = mappings
        self.inheritedPlans = inheritedPlans
    }

    package func item(_ id: String) -> CatalogueItem? { items.first { $0.id == id } }

    package func plan(of item: CatalogueItem) -> CataloguePlan? {
        (item.relation == .inherited ? inheritedPlans : version.plans).first { $0.plan == item.plan }
    }

    /// The list as a jurisdiction keeps it.
    package func placed(in jurisdiction: String) -> CatalogueList {
        CatalogueList(
            version: version, items: items.map { $0.placed(jurisdiction: jurisdiction) }, mappings: mappings,
            inheritedPlans: inheritedPlans)
    }
}
