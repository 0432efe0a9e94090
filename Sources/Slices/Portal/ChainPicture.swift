import Web

/// A procedure drawn: the steps down a line, in each what must be public, by when and why; the end on a branch.
///
/// Nothing is said by colour alone: a step that need not occur has a dotted edge and says so, one that ends the
/// procedure a double edge, a rule that nobody has verified says so in words. A long procedure is drawn in several
/// parts, each of which fits on a printed page. A reader who hears the page gets each part's title and description,
/// and the table beside it.
struct ChainPicture: Piece {
    let chain: ChainRow
    let language: Manner.Language

    init(_ chain: ChainRow, in language: Manner.Language) {
        self.chain = chain
        self.language = language
    }

    var html: HTML { "\(parts.enumerated().map { part($1, number: $0 + 1) })" }

    /// In the units of the drawing. It is 300 wide, so that text is 13 px on the narrowest screen.
    private enum Size {
        static let width = 300
        static let left = 34
        static let spine = 18
        static let branch = 5
        static let line = 17
        static let padding = 9
        static let gap = 14
        /// Two of these stand one above the other on a page of A4, in two columns.
        static let partMax = 420
        /// Of a text line, in widths of a Chinese character.
        static let ems = 19.0
        static let titleEms = 16.0
    }

    private struct Box {
        let number: Int
        let step: ChainStepRow
        /// The step's name and what is said of it, as they are heard.
        let sentences: [String]
        let title: [String]
        let lines: [String]

        var height: Int { (title.count + lines.count) * Size.line + 2 * Size.padding }
    }

    // MARK: What a box says

    private var boxes: [Box] {
        chain.steps.enumerated().map { index, step in
            let sentences = ([step.title] + sentences(step)).map(language.drawn)
            return Box(
                number: index + 1, step: step, sentences: sentences,
                title: sentences[0].wrapped(Size.titleEms),
                lines: sentences.dropFirst().flatMap { $0.wrapped(Size.ems) })
        }
    }

    private func sentences(_ step: ChainStepRow) -> [String] {
        let mark = step.mark.isEmpty ? [] : ["（\(step.mark)）"]
        let bound = step.bound.value.map { [$0.sentence, source($0.limit)] } ?? []
        let spans = chain.spans.filter { $0.to == step.event }.flatMap { [$0.sentence, source($0.limit)] }
        return mark + bound + spans + duties(step)
    }

    /// On a line of its own: what is counted is of the interface, the name of a law is not.
    private func source(_ limit: ChainLimitRow) -> String { "\(limit.clause) · \(limit.mark)" }

    /// An item once, with lines for each of its channels.
    private func duties(_ step: ChainStepRow) -> [String] {
        var lines: [String] = []
        var last: String?
        for duty in step.duties {
            if duty.name != last { lines.append("▸ 公开：" + duty.name) }
            last = duty.name
            lines.append("\(channelWord(duty.channel))：\(duty.limit.value?.counted ?? "没有规则")")
            if let limit = duty.limit.value { lines.append(source(limit)) }
        }
        return lines
    }

    // MARK: Parts

    /// As many boxes as fit; at least one.
    private var parts: [[Box]] {
        var parts: [[Box]] = []
        var height = 0
        for box in boxes {
            height += box.height + Size.gap
            if parts.isEmpty || height > Size.partMax {
                parts.append([box])
                height = box.height + Size.gap
            } else {
                parts[parts.count - 1].append(box)
            }
        }
        return parts
    }

    private func part(_ boxes: [Box], number: Int) -> HTML {
        let height = boxes.map { $0.height + Size.gap }.reduce(0, +)
        var top = 0
        let drawn = boxes.map { box -> HTML in
            defer { top += box.height + Size.gap }
            return draw(box, top: top)
        }
        let id = "\(chain.id)-\(number)"
        return """
            <svg class="chain-picture" viewBox="0 0 \(Size.width) \(height)" role="img" \
            aria-labelledby="\(id)-title \(id)-desc">
            <title id="\(id)-title">\(chain.title)：第 \(boxes[0].number) 至 \(boxes[boxes.count - 1].number) 步，共 \(chain.steps.count) 步</title>
            <desc id="\(id)-desc">\(boxes.map(described).joined(separator: " "))</desc>
            \(drawn)</svg>

            """
    }

    private func described(_ box: Box) -> String {
        language.drawn("第 \(box.number) 步") + " " + box.sentences.joined(separator: language.drawn("；"))
            + language.drawn("。")
    }

    // MARK: Drawing

    private func draw(_ box: Box, top: Int) -> HTML {
        """
        \(way(box, top: top))\
        \(frame(box, top: top))\
        <circle class="chain-\(look(box.step))" cx="\(Size.spine)" cy="\(top + 18)" r="10"/>\
        <text class="chain-number" x="\(Size.spine)" y="\(top + 22)">\(box.number)</text>\
        \(words(box, top: top))

        """
    }

    private func look(_ step: ChainStepRow) -> String {
        step.ends ? "end" : (step.expected ? "step" : "optional")
    }

    /// The line to the next step, and the branch that leads to the end of the procedure from any step.
    private func way(_ box: Box, top: Int) -> HTML {
        let bottom = top + box.height + Size.gap
        let isLast = box.number == chain.steps.count
        let goesOn = !isLast && !chain.steps[box.number].ends && !box.step.ends
        let hasEnd = chain.steps.contains(where: \.ends)
        return """
            \(when: goesOn, "<path class=\"chain-way\" d=\"M\(Size.spine) \(top + 28)V\(bottom + 8)\"/><path class=\"chain-arrow\" d=\"M\(Size.spine - 4) \(bottom - 5)h8l-4 6z\"/>")\
            \(when: hasEnd, "<path class=\"chain-branch\" d=\"M\(Size.branch) \(isLast ? top : branchTop(box, top))V\(isLast ? top + 18 : bottom)\"/><path class=\"chain-branch\" d=\"M\(Size.branch) \(top + 18)h3\"/>")
            """
    }

    private func branchTop(_ box: Box, _ top: Int) -> Int { box.number == 1 ? top + 18 : top }

    private func frame(_ box: Box, top: Int) -> HTML {
        let width = Size.width - Size.left - 2
        return """
            <rect class="chain-\(look(box.step))" x="\(Size.left)" y="\(top + 1)" width="\(width)" height="\(box.height - 2)" rx="2"/>\
            \(when: box.step.ends, "<rect class=\"chain-end\" x=\"\(Size.left + 3)\" y=\"\(top + 4)\" width=\"\(width - 6)\" height=\"\(box.height - 8)\" rx=\"1\"/>")
            """
    }

    private func words(_ box: Box, top: Int) -> HTML {
        let first = top + Size.padding + 12
        let title = box.title.enumerated().map { index, line -> HTML in
            "<text class=\"chain-title\" x=\"\(Size.left + 8)\" y=\"\(first + index * Size.line)\">\(line)</text>"
        }
        let rest = box.lines.enumerated().map { index, line -> HTML in
            "<text x=\"\(Size.left + 8)\" y=\"\(first + (box.title.count + index) * Size.line)\">\(line)</text>"
        }
        return "\(title)\(rest)"
    }
}
