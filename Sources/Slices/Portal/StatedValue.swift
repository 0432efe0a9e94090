import Importing
import Publishing
import Web

/// What imported notices of a project say of a party, a lot or a sum, with every place where it stands (公告所载).
struct StatedValue: Encodable, Sendable {
    struct Place: Encodable, Sendable {
        let publication: String
        let title: String
        let place: String
        /// The printed words; null when a field holds the value.
        let quote: OrNull<String>
    }

    let part: NoticeValue.Part
    let label: String
    let value: String
    /// null: the whole notice.
    let lot: OrNull<String>
    private(set) var places: [Place]

    private struct Key: Hashable {
        let label, value, lot: String
    }

    /// The same words of several notices once, in the order in which they were first read.
    static func merged(
        _ values: [(publication: String, value: NoticeValue)], of papers: [String: Publication]
    ) -> [StatedValue] {
        var merged: [StatedValue] = []
        var known: [Key: Int] = [:]
        for (publication, value) in values {
            guard let part = value.part else { continue }
            let paper = papers[publication]
            let place = Place(
                publication: publication, title: paper?.title ?? publication, place: value.place,
                quote: OrNull(text: value.quote))
            // A sum in a notice about one lot is that lot's; a purchaser is that of the whole project.
            let lot = value.lot.isEmpty && part == .sum ? paper?.lot ?? "" : value.lot
            let key = Key(label: value.label, value: value.value, lot: lot)
            if let index = known[key] {
                merged[index].places.append(place)
            } else {
                known[key] = merged.count
                merged.append(
                    StatedValue(
                        part: part, label: value.label, value: value.value, lot: OrNull(text: lot),
                        places: [place]))
            }
        }
        return merged.enumerated().sorted { precedes($0, $1) }.map(\.element)
    }

    /// What is of no lot first, then lot after lot, 2 before 10; within one as they were read.
    private static func precedes(
        _ one: (offset: Int, element: StatedValue), _ other: (offset: Int, element: StatedValue)
    ) -> Bool {
        let (lot, otherLot) = (one.element.lot.value ?? "", other.element.lot.value ?? "")
        if lot == otherLot { return one.offset < other.offset }
        if let number = Int(lot), let otherNumber = Int(otherLot) { return number < otherNumber }
        return lot < otherLot
    }
}

/// A field of a source, as a reader would say it: its name where that is Chinese, else that it is a field.
struct StatedPlace: Piece {
    private let name: String

    /// - Returns: nil for a place that is no field.
    init?(_ place: String) {
        let prefix = "字段 "
        guard place.hasPrefix(prefix) else { return nil }
        name = place.dropFirst(prefix.count).split(separator: ".").last.map(String.init) ?? ""
    }

    var html: HTML {
        name.unicodeScalars.contains { $0.properties.isIdeographic } ? "来源的“\(name)”一栏" : "来源的数据栏"
    }
}

/// Parties, lots and sums of a project, as its notices state them.
struct ProjectFacts: Piece {
    let stated: [StatedValue]

    /// Rows of a table; the rest is folded away.
    private static let rowsMax = 20

    init(_ stated: [StatedValue]) {
        self.stated = stated
    }

    var html: HTML {
        let parties = stated.filter { $0.part == .party }
        // A lot of which nothing more is said is among the lots already.
        let sums = stated.filter { ($0.part == .sum || $0.part == .lot) && !$0.value.isEmpty }
        if parties.isEmpty && sums.isEmpty { return "" }
        return """
            <h2>公告所载的各方和金额</h2>
            <p class="quiet">照采集来的公告所载，本平台没有核对。金额各有含义，预算、限价、成交和合同金额不能相加。</p>
            \(when: !parties.isEmpty, table(parties, caption: "各方", what: "名称"))
            \(when: !sums.isEmpty, table(sums, caption: "标段和金额", what: "内容"))
            """
    }

    private func table(_ values: [StatedValue], caption: String, what: String) -> HTML {
        let rest = values.dropFirst(Self.rowsMax)
        return """
            \(rows(values.prefix(Self.rowsMax), caption: caption, what: what))
            \(when: !rest.isEmpty, "<details><summary>另有 \(rest.count) 项</summary>\(rows(rest, caption: caption, what: what))</details>")
            """
    }

    private func rows(_ values: ArraySlice<StatedValue>, caption: String, what: String) -> Table {
        Table(
            caption: caption, columns: ["含义", "标段", Table.Column(what), "出处"],
            rows: values.map { value in
                [
                    "\(value.label)", value.lot.value.map { "\($0)" } ?? "—",
                    "\(Yuan.grouped(in: value.value))",
                    value.places.prefix(3).map(place).joined()
                        + (value.places.count > 3
                            ? "<span class=\"line quiet\">等 \(value.places.count) 处</span>" : ""),
                ]
            })
    }

    private func place(_ place: StatedValue.Place) -> HTML {
        """
        <span class="line"><a href="/publications/\(place.publication)">\(place.title)</a>，\
        \(StatedPlace(place.place)?.html ?? "\(place.place)")\(place.quote.value.map { "：<q>\($0)</q>" as HTML })</span>
        """
    }
}
