import CivilTime
import Foundation
import Law
import People
import Storage
import Synchronization

/// Every statement on the tables of the catalogues.
///
/// A jurisdiction keeps the catalogue that its registry entry names; the version in force on a day is the one
/// that began last, and of two that began together the one loaded last.
package struct CatalogueStore {
    let transaction: Transaction

    // MARK: Versions

    /// The version of a jurisdiction's catalogue in force on that day, or nil.
    package func version(in jurisdiction: String, on day: Day) throws -> CatalogueVersion? {
        try version(ofCatalogue: try catalogue(of: jurisdiction), on: day)
    }

    package func version(_ id: String) throws -> CatalogueVersion? {
        try transaction.row("SELECT \(Self.versionColumns) FROM catalogue_version WHERE id = \(id)")
            .map(CatalogueVersion.init)
    }

    /// All versions of a jurisdiction's catalogue, the one in force longest ahead first; 100 at most.
    package func versions(in jurisdiction: String) throws -> [CatalogueVersion] {
        try transaction.rows(
            """
            SELECT \(Self.versionColumns) FROM catalogue_version
            WHERE catalogue = \(try catalogue(of: jurisdiction))
            ORDER BY effective_from DESC, number DESC LIMIT 100
            """
        ).map(CatalogueVersion.init)
    }

    func version(ofCatalogue catalogue: String, on day: Day) throws -> CatalogueVersion? {
        guard !catalogue.isEmpty else { return nil }
        return try transaction.remembered("version|\(catalogue)|\(day)") {
            try transaction.row(
                """
                SELECT \(Self.versionColumns) FROM catalogue_version
                WHERE catalogue = \(catalogue) AND effective_from <= \(day)
                ORDER BY effective_from DESC, number DESC LIMIT 1
                """
            ).map(CatalogueVersion.init)
        }
    }

    /// The days on which some version came into force, in order. Between two of them every list reads the same.
    package func turns() throws -> [Day] {
        try transaction.remembered("turns") {
            try transaction.rows(
                "SELECT DISTINCT effective_from FROM catalogue_version ORDER BY effective_from LIMIT 10000"
            ).map { try $0.day("effective_from") }
        }
    }

    /// The last of those days that is not after a day; the day itself when no list was in force yet.
    ///
    /// Whoever asks by it asks once for all the days of one version.
    package func turn(before day: Day) throws -> Day {
        try turns().last { $0 <= day } ?? day
    }

    private func catalogue(of jurisdiction: String) throws -> String {
        try transaction.jurisdictions.jurisdiction(jurisdiction)?.catalogue ?? jurisdiction
    }

    /// From when on a list with the same items is in force; nil when there is none.
    ///
    /// The id holds the beginning of the hash. A version whose row was altered is there all the same, for an audit to find.
    func dayLoaded(_ version: CatalogueVersion) throws -> Day? { try self.version(version.id)?.effectiveFrom }

    /// Every version of every catalogue in the order of their ids, after one.
    package func versions(after id: String, limit: Int) throws -> [CatalogueVersion] {
        try transaction.rows(
            "SELECT \(Self.versionColumns) FROM catalogue_version WHERE id > \(id) ORDER BY id LIMIT \(limit)"
        ).map(CatalogueVersion.init)
    }

    /// The hash of what a version holds now and how many items it has, as they were told when it was loaded.
    ///
    /// - Throws: `SchemaMismatch` where a row is none that could have been loaded.
    package func content(of version: CatalogueVersion) throws -> (sha256: String, items: Int) {
        let own = try items("WHERE version = \(version.id)", version, version.catalogue)
        let text = CatalogueExport.csv(items: own, mappings: try mappings(version.id))
        return (ContentHash.sha256(Array(text.utf8)), own.count)
    }

    // MARK: Items

    /// A jurisdiction's whole list on a day, with what it inherits; nil when no version is in force.
    package func list(in jurisdiction: String, on day: Day) throws -> CatalogueList? {
        guard let version = try version(in: jurisdiction, on: day) else { return nil }
        return try list(version, jurisdiction: jurisdiction, on: day)
    }

    /// The list of one version, with what it inherited on the day it began; nil when there is no such version.
    package func list(version id: String) throws -> CatalogueList? {
        guard let version = try version(id) else { return nil }
        return try list(version, jurisdiction: version.catalogue, on: version.effectiveFrom)
    }

    private func list(_ version: CatalogueVersion, jurisdiction: String, on day: Day) throws -> CatalogueList
    {
        let own = CatalogueList(
            version: version, items: try items("WHERE version = \(version.id)", version, jurisdiction),
            mappings: try mappings(version.id))
        guard let baseline = try self.version(ofCatalogue: version.baseline, on: day) else { return own }
        return own.inheriting(
            CatalogueList(
                version: baseline,
                items: try items("WHERE version = \(baseline.id)", baseline, jurisdiction), mappings: []))
    }

    /// The items of a jurisdiction on a day, in the order of its list; empty when no version is in force.
    package func items(in jurisdiction: String, on day: Day) throws -> [CatalogueItem] {
        try list(in: jurisdiction, on: day)?.items ?? []
    }

    /// A page of those items.
    ///
    /// - Parameters:
    ///   - field: only this field, or nil.
    ///   - after: the last item id of the page before; empty for the first.
    ///   - limit: items at most, 1...100.
    package func page(
        in jurisdiction: String, on day: Day, field: String? = nil, after: String = "", limit: Int = 100
    ) throws -> [CatalogueItem] {
        let items = try items(in: jurisdiction, on: day).filter { field == nil || $0.field == field }
        guard !after.isEmpty else { return Array(items.prefix(limit)) }
        guard let index = items.firstIndex(where: { $0.id == after }) else { return [] }
        return Array(items[(index + 1)...].prefix(limit))
    }

    /// The fields of a jurisdiction's list in its order, with how many items each has.
    package func fields(in jurisdiction: String, on day: Day) throws -> [CatalogueField] {
        var fields: [CatalogueField] = []
        for item in try items(in: jurisdiction, on: day) {
            if let index = fields.firstIndex(where: { $0.name == item.field }) {
                fields[index].count(item)
            } else {
                var field = CatalogueField(name: item.field)
                field.count(item)
                fields.append(field)
            }
        }
        return fields
    }

    static func inherited(by version: CatalogueVersion, from baseline: CatalogueVersion) -> SQL {
        """
        WHERE version = \(baseline.id) AND NOT EXISTS (
            SELECT 1 FROM item_mapping WHERE item_mapping.version = \(version.id)
                AND item_mapping.baseline_item = catalogue_item.item_id
                AND item_mapping.relation <> \(MappingRelation.narrower.rawValue)
        )
        """
    }

    /// An item as it applies in a jurisdiction on a day, its own or inherited; nil when it does not apply.
    package func item(_ id: String, in jurisdiction: String, on day: Day) throws -> CatalogueItem? {
        try transaction.remembered("item|\(id)|\(jurisdiction)|\(day)") {
            try applying("AND catalogue_item.item_id = \(id)", in: jurisdiction, on: day).first
        }
    }

    /// An item as a version states it, for what was decided under that version.
    package func item(_ id: String, version: String) throws -> CatalogueItem? {
        guard let version = try self.version(version) else { return nil }
        let own = try items(
            "WHERE version = \(version.id) AND catalogue_item.item_id = \(id)", version, version.catalogue)
        guard let baseline = try self.version(ofCatalogue: version.baseline, on: version.effectiveFrom) else {
            return own.first
        }
        return try inheritingElements(own, version, baseline, version.catalogue).first
    }

    /// Whether any version of any list has a field of that name.
    package func holds(field: String) throws -> Bool {
        try transaction.row("SELECT version FROM catalogue_item WHERE field = \(field) LIMIT 1") != nil
    }

    /// Every title that an item bears or bore in some version, by id; 20,000 at most.
    package func titles() throws -> [(item: String, title: String)] {
        try transaction.rows(
            "SELECT DISTINCT item_id, title FROM catalogue_item ORDER BY item_id, title LIMIT 20000"
        ).map { (try $0.string("item_id"), try $0.string("title")) }
    }

    /// What items are called, by version and item, for lists of what was decided under those versions.
    package func names(of items: [String]) throws -> [CatalogueItemKey: CatalogueItemName] {
        var names: [CatalogueItemKey: CatalogueItemName] = [:]
        for row in try transaction.rows(
            "SELECT version, item_id, plan, field, sub, title, audience FROM catalogue_item WHERE item_id IN \(list: items)"
        ) {
            let key = CatalogueItemKey(version: try row.string("version"), item: try row.string("item_id"))
            names[key] = CatalogueItemName(
                title: try row.string("title"), plan: try row.string("plan"),
                field: try row.string("field"), sub: try row.string("sub"),
                audience: try row.word("audience"))
        }
        return names
    }

    /// The versions that hold an item, the one in force longest ahead first; 100 at most.
    package func versions(holding item: String) throws -> [CatalogueVersion] {
        try transaction.rows(
            """
            SELECT \(Self.versionColumns) FROM catalogue_version
            WHERE EXISTS (SELECT 1 FROM catalogue_item
                WHERE catalogue_item.version = catalogue_version.id AND catalogue_item.item_id = \(item))
            ORDER BY effective_from DESC, number DESC LIMIT 100
            """
        ).map(CatalogueVersion.init)
    }

    /// The fields of a version's own items in the order of the plan.
    package func fields(version: String) throws -> [CatalogueField] {
        try transaction.rows(
            """
            SELECT field, CAST(count(*) AS BIGINT) AS items,
                CAST(SUM(CASE WHEN kind IN ('item', 'mixed') THEN 1 ELSE 0 END) AS BIGINT) AS owing
            FROM catalogue_item WHERE version = \(version) GROUP BY field ORDER BY MIN(position) LIMIT 500
            """
        ).map {
            CatalogueField(
                name: try $0.string("field"), items: try $0.int("items"), owing: try $0.int("owing"))
        }
    }

    /// The owing items whose clocks an event of that kind starts.
    ///
    /// - Parameters:
    ///   - naming: only this item, for events that name one.
    ///   - scopes: what kinds of project the event's project is; a special item takes the general one's place.
    package func items(
        triggeredBy eventKind: String, in jurisdiction: String, on day: Day, naming: String? = nil,
        scopes: Set<ProjectScope> = []
    ) throws -> [CatalogueItem] {
        let scope = scopes.map(\.rawValue).sorted().joined(separator: "+")
        return try transaction.remembered(
            "items|\(eventKind)|\(jurisdiction)|\(day)|\(naming ?? "")|\(scope)"
        ) {
            try triggered(by: eventKind, in: jurisdiction, on: day, naming: naming, scopes: scopes)
        }
    }

    private func triggered(
        by eventKind: String, in jurisdiction: String, on day: Day, naming: String?, scopes: Set<ProjectScope>
    ) throws -> [CatalogueItem] {
        // Answered by item_clock_event.
        let named: SQL = naming.map { "AND catalogue_item.item_id = \($0)" } ?? ""
        return try applying(
            """
            AND EXISTS (
                SELECT 1 FROM item_clock WHERE item_clock.version = catalogue_item.version
                    AND item_clock.event_kind = \(eventKind) AND item_clock.item_id = catalogue_item.item_id
            ) \(named)
            """, in: jurisdiction, on: day
        ).started(by: eventKind, naming: naming, in: scopes)
    }

    /// Own items that meet a condition, then inherited ones.
    private func applying(_ condition: SQL, in jurisdiction: String, on day: Day) throws -> [CatalogueItem] {
        guard let version = try version(in: jurisdiction, on: day) else { return [] }
        let own = try items("WHERE version = \(version.id) \(condition)", version, jurisdiction)
        guard let baseline = try self.version(ofCatalogue: version.baseline, on: day) else { return own }
        let full = try inheritingElements(own, version, baseline, jurisdiction)
        let inherited = try items(
            "\(Self.inherited(by: version, from: baseline)) \(condition)", baseline, jurisdiction)
        return full + inherited.map { $0.placed(relation: .inherited) }
    }

    /// Items with the elements of the baseline that their shorter text leaves out.
    private func inheritingElements(
        _ items: [CatalogueItem], _ version: CatalogueVersion, _ baseline: CatalogueVersion,
        _ jurisdiction: String
    ) throws -> [CatalogueItem] {
        let shorter = try transaction.remembered("shorter|\(version.id)") {
            try mappings(version.id).filter { $0.relation == .shorter }
        }
        let ids = Set(items.map(\.id))
        let above = shorter.filter { ids.contains($0.item) }.map(\.baseline)
        guard !above.isEmpty else { return items }
        let baselines = try self.items(
            "WHERE version = \(baseline.id) AND catalogue_item.item_id IN \(list: above)", baseline,
            jurisdiction)
        return items.inheritingElements(of: baselines, by: shorter)
    }

    private func items(
        _ condition: SQL, _ version: CatalogueVersion, _ jurisdiction: String
    ) throws -> [CatalogueItem] {
        let rows = try transaction.rows(
            "SELECT \(Self.itemColumns) FROM catalogue_item \(condition) ORDER BY position LIMIT 20000")
        let clocks = try clocks(
            version.id, of: rows.count > 100 ? nil : rows.map { try $0.string("item_id") })
        return try rows.map { row in
            let item = try CatalogueItem(row)
            return item.placed(clocks: clocks[item.id] ?? [], version: version.id, jurisdiction: jurisdiction)
        }
    }

    private func clocks(_ version: String, of items: [String]?) throws -> [String: [ItemClock]] {
        let some: SQL = items.map { "AND item_id IN \(list: $0)" } ?? ""
        let rows = try transaction.rows(
            """
            SELECT item_id, channel, event_kind, element, rule, basis FROM item_clock
            WHERE version = \(version) \(some) ORDER BY item_id, position
            """)
        var clocks: [String: [ItemClock]] = [:]
        for row in rows {
            clocks[try row.string("item_id"), default: []].append(
                ItemClock(
                    channel: try row.string("channel"), eventKind: try row.string("event_kind"),
                    element: try row.string("element"), rule: try row.string("rule"),
                    basis: try row.string("basis")))
        }
        return clocks
    }

    package func mappings(_ version: String) throws -> [ItemMapping] {
        try transaction.rows(
            """
            SELECT item_id, baseline_item, relation, reason FROM item_mapping
            WHERE version = \(version) ORDER BY item_id, baseline_item LIMIT 20000
            """
        ).map { row in
            ItemMapping(
                item: try row.string("item_id"), baseline: try row.string("baseline_item"),
                relation: try row.word("relation"), reason: try row.string("reason"))
        }
    }

    // MARK: Writing

    func insert(_ list: CatalogueList, loadedAt: String) throws {
        let version = list.version
        let plans = String(decoding: try JSONEncoder.sorted.encode(version.plans), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO catalogue_version
                (id, catalogue, baseline, title, document, effective_from, sha256, plans, number, loaded_at)
            VALUES (\(version.id), \(version.catalogue), \(version.baseline), \(version.title),
                    \(version.document), \(version.effectiveFrom), \(version.sha256), \(plans),
                    (SELECT COALESCE(MAX(number), 0) + 1 FROM catalogue_version
                     WHERE catalogue = \(version.catalogue)), \(loadedAt))
            """)
        let items = list.items.enumerated().map { position, item in
            let cells = item.cells.map { SQL("\($0)") }.joined(separator: ", ")
            return SQL("(\(version.id), \(position), \(cells))")
        }
        try insert("catalogue_item (version, position, \(Self.itemColumns))", items)
        let clocks = list.items.flatMap { item in
            item.clocks.enumerated().map { position, clock in
                SQL(
                    """
                    (\(version.id), \(item.id), \(clock.channel), \(clock.eventKind), \(clock.rule), \(position),
                     \(clock.element), \(clock.basis))
                    """)
            }
        }
        try insert(
            "item_clock (version, item_id, channel, event_kind, rule, position, element, basis)", clocks)
        let mappings = list.mappings.map { mapping in
            SQL(
                """
                (\(version.id), \(mapping.item), \(mapping.baseline), \(mapping.relation.rawValue),
                 \(mapping.reason))
                """)
        }
        try insert("item_mapping (version, item_id, baseline_item, relation, reason)", mappings)
    }

    /// Many rows in few statements: a list is loaded at every first start, over a network too.
    private func insert(_ target: SQL, _ rows: [SQL]) throws {
        for start in stride(from: 0, to: rows.count, by: 25) {
            let some = Array(rows[start..<min(start + 25, rows.count)])
            try transaction.execute("INSERT INTO \(target) VALUES \(some.joined(separator: ", "))")
        }
    }

    private static let versionColumns: SQL =
        "id, catalogue, baseline, title, document, effective_from, sha256, plans"

    /// In the order of `ItemCells.columns`.
    fileprivate static let itemColumnNames = [
        "item_id", "catalogue", "plan", "section", "field", "sub", "title", "elements", "open_ended", "kind",
        "modality", "audience", "told", "limits", "due", "bodies", "publisher", "exclusions", "gather_key",
        "key_required", "stage", "trigger_kind", "assign_rule", "refresh_months", "parent", "project_scope",
        "replaces", "scope", "each_place",
    ]

    private static let itemColumns = SQL(stringLiteral: itemColumnNames.joined(separator: ", "))
}

extension Transaction {
    package var catalogue: CatalogueStore { CatalogueStore(transaction: self) }
}

/// An item as one version states it.
package struct CatalogueItemKey: Sendable, Hashable {
    package let version: String
    package let item: String

    package init(version: String, item: String) {
        self.version = version
        self.item = item
    }
}

/// What an item is called, and for whom it is.
package struct CatalogueItemName: Sendable, Hashable {
    package let title: String
    /// The plan in which it stands.
    package let plan: String
    package let field: String
    package let sub: String
    package let audience: Audience
}

/// A field of a jurisdiction's list (领域).
package struct CatalogueField: Sendable, Hashable, Codable {
    package let name: String
    package private(set) var items = 0
    /// Those that make somebody owe a publication.
    package private(set) var owing = 0

    fileprivate init(name: String, items: Int = 0, owing: Int = 0) {
        self.name = name
        self.items = items
        self.owing = owing
    }

    fileprivate mutating func count(_ item: CatalogueItem) {
        items += 1
        if item.owes { owing += 1 }
    }
}

extension JSONEncoder {
    /// The same value gives the same bytes.
    static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension CatalogueVersion {
    init(_ row: Row) throws {
        self.init(
            id: try row.string("id"), catalogue: try row.string("catalogue"),
            baseline: try row.string("baseline"),
            title: try row.string("title"), document: try row.string("document"),
            effectiveFrom: try row.day("effective_from"), sha256: try row.string("sha256"),
            plans: try Self.plans(try row.string("plans")))
    }

    /// The plans of versions, of which there are few, as they were read from their texts; every page asks for some.
    private static let plansRead = Mutex<[String: [CataloguePlan]]>([:])
    private static let plansReadMax = 100

    private static func plans(_ text: String) throws -> [CataloguePlan] {
        if let known = plansRead.withLock({ $0[text] }) { return known }
        let plans = try JSONDecoder().decode([CataloguePlan].self, from: Data(text.utf8))
        plansRead.withLock { read in
            if read.count >= plansReadMax { read.removeAll() }
            read[text] = plans
        }
        return plans
    }
}

extension CatalogueItem {
    init(_ row: Row) throws {
        var cells: [String: String] = [:]
        for (column, name) in zip(ItemCells.columns, CatalogueStore.itemColumnNames) {
            cells[column] = try row.string(name)
        }
        let read = cells
        do {
            try self.init(cells: ItemCells { read[$0] })
        } catch {
            throw SchemaMismatch(column: "catalogue_item.\(error.column)", found: error.detail)
        }
    }
}
