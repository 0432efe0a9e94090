import CivilTime

/// What must be disclosed: one row of a catalogue (公开事项).
package struct CatalogueItem: Sendable, Hashable, Codable {
    package let id: String
    /// The code of the catalogue it stands in.
    package let catalogue: String
    /// The jurisdiction whose list it was read from; the catalogue's own until then.
    package let jurisdiction: String
    /// The catalogue version it was read from; empty until then.
    package let version: String
    /// The plan within the catalogue: `FG1`.
    package let plan: String
    /// Where the plan says it: 附件3二(四).
    package let section: String
    /// 领域
    package let field: String
    /// 一级事项; empty where there is none.
    package let sub: String
    /// 事项
    package let title: String
    /// 内容要素; empty when only the title says what is disclosed.
    package let elements: [String]
    /// Elements of the baseline item that the local text leaves out (承接上级的要素); nil when it leaves out none.
    package let inheritedElements: [String]?
    /// Whether the plan's list of elements ends with 等.
    package let openEnded: Bool
    package let kind: ItemKind
    package let modality: Modality
    package let audience: Audience
    /// nil: nobody in particular.
    package let told: Told?
    package let limits: [ElementLimit]
    /// The first completion that the plan itself orders, or nil.
    package let due: Day?
    package let bodies: [AssignedBody]
    /// The class of body that publishes when it is not the one in charge; empty otherwise.
    package let publisher: String
    package let exclusions: [Exclusion]
    /// The printed code by which the plan gathers the item; empty when it names none.
    package let gatherKey: String
    package let keyRequired: Bool
    /// nil where it cannot be derived soundly.
    package let stage: Stage?
    package let triggerKind: TriggerKind
    package let assignRule: AssignRule
    /// Months after which a standing edition lapses; nil when the rule's own span counts.
    package let refreshMonths: Int?
    /// The item with which a `with-parent` clock runs; empty otherwise.
    package let parent: String
    /// nil: any project.
    package let projectScope: ProjectScope?
    /// The general item that this one stands for within its project scope; empty otherwise.
    package let replaces: String
    /// The plan's words for what the item is limited to; empty otherwise.
    package let scope: String
    /// One obligation for each place of this kind (`town`, `source`); empty for one in all.
    package let each: String
    /// One clock a channel and event, a row for each competing rule; empty for what owes nothing.
    package let clocks: [ItemClock]
    package let relation: ItemRelation

    package var owes: Bool { kind.owes }
    /// A soft item is never late.
    package var isSoft: Bool { modality != .must }
    package var eventKinds: [String] { Array(Set(clocks.map(\.eventKind))).sorted() }

    /// The names of those in charge: the leads, else the responsible bodies. Never an inferred body.
    package var leads: [String] {
        let leads = bodies.filter { $0.role == .lead }
        return (leads.isEmpty ? bodies.filter { $0.role == .responsible } : leads).map(\.name)
    }

    /// Whether the class of owner decides who is in charge.
    package var isDividedByOwner: Bool { bodies.contains { $0.owner != nil } }

    package func clocks(for eventKind: String) -> [ItemClock] {
        clocks.filter { $0.eventKind == eventKind }
    }

    /// The item as a part of a list: with the clocks, the version and the jurisdiction given.
    package func placed(
        clocks: [ItemClock]? = nil, version: String? = nil, jurisdiction: String? = nil,
        relation: ItemRelation? = nil
    ) -> CatalogueItem {
        CatalogueItem(
            self, clocks: clocks ?? self.clocks, version: version ?? self.version,
            jurisdiction: jurisdiction ?? self.jurisdiction, relation: relation ?? self.relation,
            inheritedElements: inheritedElements)
    }

    /// The item with the elements of its baseline item that its own text leaves out.
    ///
    /// - Law: C-06: a shorter local text does not take back what the national list asks for.
    package func inheritingElements(of baseline: CatalogueItem) -> CatalogueItem {
        let own = Set(elements.map(CatalogueItem.core))
        let rest = baseline.elements.filter { !own.contains(CatalogueItem.core($0)) }
        return CatalogueItem(
            self, clocks: clocks, version: version, jurisdiction: jurisdiction, relation: relation,
            inheritedElements: rest.isEmpty ? nil : rest)
    }

    /// An element without the 等 that ends a list.
    private static func core(_ element: String) -> String {
        element.hasSuffix("等") ? String(element.dropLast()) : element
    }

    private init(
        _ item: CatalogueItem, clocks: [ItemClock], version: String, jurisdiction: String,
        relation: ItemRelation, inheritedElements: [String]?
    ) {
        id = item.id
        catalogue = item.catalogue
        self.jurisdiction = jurisdiction
        self.version = version
        plan = item.plan
        section = item.section
        field = item.field
        sub = item.sub
        title = item.title
        elements = item.elements
        self.inheritedElements = inheritedElements
        openEnded = item.openEnded
        kind = item.kind
        modality = item.modality
        audience = item.audience
        told = item.told
        limits = item.limits
        due = item.due
        bodies = item.bodies
        publisher = item.publisher
        exclusions = item.exclusions
        gatherKey = item.gatherKey
        keyRequired = item.keyRequired
        stage = item.stage
        triggerKind = item.triggerKind
        assignRule = item.assignRule
        refreshMonths = item.refreshMonths
        parent = item.parent
        projectScope = item.projectScope
        replaces = item.replaces
        scope = item.scope
        each = item.each
        self.clocks = clocks
        self.relation = relation
    }

    /// Reads an item from its cells; see `ItemCells` for their order and form.
    ///
    /// - Throws: the first cell that cannot be read.
    init(cells: ItemCells, relation: ItemRelation = .own) throws(CellFault) {
        id = try cells.text("item", required: true)
        catalogue = try cells.text("jurisdiction", required: true)
        jurisdiction = catalogue
        version = ""
        plan = try cells.text("plan", required: true)
        section = try cells.text("section")
        field = try cells.text("field")
        sub = try cells.text("sub")
        title = try cells.text("title")
        elements = try cells.list("elements")
        inheritedElements = nil
        openEnded = try cells.flag("open")
        kind = try cells.word("kind")
        modality = try cells.word("modality")
        audience = try cells.word("audience")
        told = try cells.wordOrNil("told")
        limits = try cells.limits()
        due = try cells.day("due")
        bodies = try cells.bodies()
        publisher = try cells.text("publisher")
        exclusions = try cells.words("excluded")
        gatherKey = try cells.text("key")
        keyRequired = try cells.flag("keyed")
        stage = try cells.wordOrNil("stage")
        triggerKind = try cells.word("trigger")
        assignRule = try cells.word("assign")
        refreshMonths = try cells.number("refresh")
        parent = try cells.text("parent")
        projectScope = try cells.wordOrNil("project")
        replaces = try cells.text("replaces")
        scope = try cells.text("scope")
        each = try cells.text("each")
        clocks = try cells.clocks()
        self.relation = relation
    }
}

/// A limit as the plan states it, for the whole item or for one of its elements.
package struct ElementLimit: Sendable, Hashable, Codable {
    /// Empty: the whole item, or the rest of it.
    package let element: String
    package let limit: StatedLimit
}

/// A body as the plan names it, and its part. The name is resolved within a jurisdiction.
package struct AssignedBody: Sendable, Hashable, Codable {
    package let role: BodyRole
    package let name: String
    /// The class of owner whose matters are this body's (国有企业 → 市国资委); nil when it makes no difference.
    package let owner: String?

    package init(role: BodyRole, name: String, owner: String? = nil) {
        self.role = role
        self.name = name
        self.owner = owner
    }
}

extension AssignedBody {
    /// As lists print it: 市国资委（牵头，国有企业）.
    package var printed: String { "\(name)（\(role.title)\(owner.map { "，" + $0 } ?? "")）" }
}

/// One rule of one clock of an item: on this channel, from this kind of event (时限).
///
/// There is one clock a channel and event. Where two limits compete for it, each stands as a row of its own, and
/// the law's precedence decides between them when the event has happened.
package struct ItemClock: Sendable, Hashable, Codable {
    /// A `DisclosureChannel`.
    package let channel: String
    /// As the law data names it: `procurement.contract_signed`, `item.formed`, `period.ended`.
    package let eventKind: String
    /// The element that the event forms; empty for the whole item.
    package let element: String
    /// A time rule's id.
    package let rule: String
    /// The clause for which the clock exists, Chinese.
    package let basis: String

    package init(channel: String, eventKind: String, element: String = "", rule: String, basis: String = "") {
        self.channel = channel
        self.eventKind = eventKind
        self.element = element
        self.rule = rule
        self.basis = basis
    }

    /// Whether the clock takes its due day from the parent item's clock on the same channel and event.
    package var runsWithParent: Bool { rule == "with-parent" }
}

/// How a local item stands to a baseline item, and why.
package struct ItemMapping: Sendable, Hashable, Codable {
    package let item: String
    package let baseline: String
    package let relation: MappingRelation
    package let reason: String

    package init(item: String, baseline: String, relation: MappingRelation, reason: String) {
        self.item = item
        self.baseline = baseline
        self.relation = relation
        self.reason = reason
    }
}
