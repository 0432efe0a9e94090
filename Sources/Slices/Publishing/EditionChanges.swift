import CivilTime
import Markup

/// What one edition says otherwise than the one before it, paragraph by paragraph (版本对照).
///
/// Pure: made of two records and nothing else. Paragraphs that both have stay whole; one that took another's place
/// is compared character by character, unless the two have too little in common to read. The work is bounded, since
/// anybody may ask for it: what is left when it is used up is shown as removed and added whole.
package struct EditionChanges: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, Encodable { case kept, removed, added }

    package struct Piece: Sendable, Hashable, Encodable {
        package let kind: Kind
        package let text: String
    }

    /// A paragraph: one piece where it was kept, removed or added whole; several where it was altered.
    package struct Paragraph: Sendable, Hashable, Encodable {
        package let pieces: [Piece]

        package var isKept: Bool { pieces.allSatisfy { $0.kind == .kept } }

        fileprivate static func whole(_ kind: Kind, _ text: String) -> Paragraph {
            Paragraph(pieces: [Piece(kind: kind, text: text)])
        }
    }

    /// 标题
    package let title: Paragraph
    /// 发文字号
    package let documentNumber: Paragraph
    /// 索引号
    package let indexNumber: Paragraph
    /// 公文种类
    package let documentKind: Paragraph
    /// 主送机关
    package let addressees: Paragraph
    /// 公开属性
    package let openness: Paragraph
    /// 成文日期
    package let dated: Paragraph
    /// 印发机关
    package let issuer: Paragraph
    /// 附件, each as a paragraph: name, address, SHA-256.
    package let attachments: [Paragraph]
    package let text: [Paragraph]

    /// Paragraphs of each edition that are compared, beyond those alike at both ends: the work grows with the
    /// product of both numbers.
    package static let paragraphsMax = 1000
    /// Pairs of characters that are compared in all, in those parts of paragraphs that differ: eight paragraphs of 500
    /// characters each that were rewritten from end to end.
    private static let characterPairsMax = 2_000_000

    /// - Returns: nil when the two have more differing paragraphs than can be compared.
    package init?(from old: EditionRecord, to new: EditionRecord) {
        var pairs = Self.characterPairsMax
        title = Self.altered(old.title, new.title, &pairs)
        documentNumber = Self.altered(old.documentNumber, new.documentNumber, &pairs)
        indexNumber = Self.altered(old.indexNumber ?? "", new.indexNumber ?? "", &pairs)
        documentKind = Self.altered(old.documentKind ?? "", new.documentKind ?? "", &pairs)
        addressees = Self.altered(old.addressees ?? "", new.addressees ?? "", &pairs)
        openness = Self.altered(old.openness ?? "", new.openness ?? "", &pairs)
        dated = Self.altered(old.dated?.description ?? "", new.dated?.description ?? "", &pairs)
        issuer = Self.altered(old.issuer ?? "", new.issuer ?? "", &pairs)
        let attached = Self.steps(from: Self.attached(old), to: Self.attached(new)) { old, new in
            max(old, new) <= Self.paragraphsMax
        }
        guard let attached else { return nil }
        attachments = Self.pairing(attached, &pairs)
        let steps = Self.steps(from: Self.paragraphs(old), to: Self.paragraphs(new)) { old, new in
            max(old, new) <= Self.paragraphsMax
        }
        guard let steps else { return nil }
        text = Self.pairing(steps, &pairs)
    }

    /// As they read, whatever form their text is written in.
    private static func paragraphs(_ record: EditionRecord) -> [String] {
        let lines =
            record.textForm.map { MarkedText(record.text, form: $0).shownLines }
            ?? record.text.split(whereSeparator: \.isNewline).map(String.init)
        return lines.filter { !$0.allSatisfy(\.isWhitespace) }
    }

    private static func attached(_ record: EditionRecord) -> [String] {
        (record.attachments ?? []).map { attachment in
            [attachment.name, attachment.address, attachment.sha256].compactMap(\.self).joined(separator: " ")
        }
    }

    private struct Step<Element: Hashable> {
        let kind: Kind
        let element: Element
    }

    /// The shortest way from one list to the other, in reading order: what went before what came.
    ///
    /// - Parameter isBearable: asked once, with how many elements of each differ at first sight.
    /// - Returns: nil when they are too many.
    private static func steps<Element: Hashable>(
        from old: [Element], to new: [Element], _ isBearable: (Int, Int) -> Bool
    ) -> [Step<Element>]? {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let rest = min(old.count, new.count) - head
        let tail = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
        let (oldMiddle, newMiddle) = (old[head..<old.count - tail], new[head..<new.count - tail])
        guard isBearable(oldMiddle.count, newMiddle.count) else { return nil }
        let kept = { (some: ArraySlice<Element>) in some.map { Step(kind: .kept, element: $0) } }
        return kept(old[..<head]) + middle(Array(oldMiddle), Array(newMiddle))
            + kept(old[(old.count - tail)...])
    }

    private static func middle<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [Step<Element>] {
        var (removed, added): (Set<Int>, Set<Int>) = ([], [])
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var steps: [Step<Element>] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if removed.contains(i) {
                steps.append(Step(kind: .removed, element: old[i]))
                i += 1
            } else if added.contains(j) {
                steps.append(Step(kind: .added, element: new[j]))
                j += 1
            } else {
                steps.append(Step(kind: .kept, element: old[i]))
                (i, j) = (i + 1, j + 1)
            }
        }
        return steps
    }

    /// Puts removed paragraphs beside those that took their places: of all ways that keep both orders the one in which most is in
    /// common, so that a paragraph that went does not shift those behind it.
    private static func pairing(_ steps: [Step<String>], _ pairs: inout Int) -> [Paragraph] {
        var paragraphs: [Paragraph] = []
        var rest = steps[...]
        while let step = rest.first {
            let removed = rest.prefix { $0.kind == .removed }
            let added = rest.dropFirst(removed.count).prefix { $0.kind == .added }
            guard !removed.isEmpty || !added.isEmpty else {
                paragraphs.append(.whole(.kept, step.element))
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(removed.count + added.count)
            for couple in couples(removed.map(\.element), added.map(\.element)) {
                switch couple {
                case (let old?, let new?): paragraphs += replaced(old, new, &pairs)
                case (let old?, nil): paragraphs.append(.whole(.removed, old))
                case (nil, let new?): paragraphs.append(.whole(.added, new))
                case (nil, nil): break
                }
            }
        }
        return paragraphs
    }

    /// Pairs of paragraphs that are weighed in one place; beyond it the first is put beside the first.
    private static let couplesMax = 400

    private static func couples(_ old: [String], _ new: [String]) -> [(old: String?, new: String?)] {
        guard old.count * new.count <= couplesMax else {
            return (0..<max(old.count, new.count)).map {
                ($0 < old.count ? old[$0] : nil, $0 < new.count ? new[$0] : nil)
            }
        }
        // What is in common of the rest of both, from each place on.
        var best = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
        let shared = old.map { old in new.map { likeness(old, $0) } }
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + shared[i][j])
            }
        }
        var (i, j) = (0, 0)
        var couples: [(old: String?, new: String?)] = []
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, shared[i][j] > 0, best[i][j] == best[i + 1][j + 1] + shared[i][j]
            {
                couples.append((old[i], new[j]))
                (i, j) = (i + 1, j + 1)
            } else if i < old.count, j == new.count || best[i][j] == best[i + 1][j] {
                couples.append((old[i], nil))
                i += 1
            } else {
                couples.append((nil, new[j]))
                j += 1
            }
        }
        return couples
    }

    /// Characters in common; 0 where they are less than half of the longer text.
    private static func likeness(_ old: String, _ new: String) -> Int {
        let common = common(old, new)
        return 2 * common >= max(old.count, new.count) ? common : 0
    }

    /// One altered paragraph, or the old one and the new where they have less than half in common.
    private static func replaced(_ old: String, _ new: String, _ pairs: inout Int) -> [Paragraph] {
        let whole = [Paragraph.whole(.removed, old), .whole(.added, new)]
        let longer = max(old.count, new.count)
        // No order of characters can keep more than both have.
        guard 2 * common(old, new) >= longer else { return whole }
        let altered = altered(old, new, &pairs)
        let kept = altered.pieces.filter { $0.kind == .kept }.map(\.text.count).reduce(0, +)
        return 2 * kept >= longer ? [altered] : whole
    }

    /// How many characters two texts have in common, wherever they stand.
    private static func common(_ old: String, _ new: String) -> Int {
        var numbers: [Character: Int] = [:]
        for character in old { numbers[character, default: 0] += 1 }
        return new.reduce(into: 0) { common, character in
            guard let number = numbers[character], number > 0 else { return }
            numbers[character] = number - 1
            common += 1
        }
    }

    private static func altered(_ old: String, _ new: String, _ pairs: inout Int) -> Paragraph {
        guard old != new else { return .whole(.kept, new) }
        let steps = steps(from: Array(old), to: Array(new)) { old, new in
            let cost = old * new
            if cost > pairs { return false }
            pairs -= cost
            return true
        }
        guard let steps else {
            return Paragraph(pieces: [Piece(kind: .removed, text: old), Piece(kind: .added, text: new)])
        }
        var pieces: [Piece] = []
        for step in steps {
            if let last = pieces.last, last.kind == step.kind {
                pieces[pieces.count - 1] = Piece(kind: step.kind, text: last.text + String(step.element))
            } else {
                pieces.append(Piece(kind: step.kind, text: String(step.element)))
            }
        }
        return Paragraph(pieces: pieces)
    }
}
