/// What a page says of itself to programs that read pages: search engines, inspections of government sites (网页元数据).
///
/// What is not known is left out: programs take what is said for known.
package struct PageMetadata: Sendable {
    /// The page's own address among all that show the same, within the site.
    package let canonical: Link
    /// What the page is about; nil where no word of schema.org fits.
    package var thing: Thing?
    /// For the head, in this order.
    private(set) var names: [(name: String, content: String)] = []

    package init(canonical: Link, thing: Thing? = nil) {
        self.canonical = canonical
        self.thing = thing
    }

    /// - Parameter content: nil or empty where it is not known.
    package mutating func say(_ name: String, _ content: String?) {
        guard let content, !content.isEmpty else { return }
        names.append((name, content))
    }
}

/// Something that a page is about, in the words of schema.org, as microdata.
package struct Thing: Sendable {
    package indirect enum Value: Sendable {
        case text(String)
        case link(Link)
        case thing(Thing)
    }

    let type: String
    private var properties: [(name: String, value: Value)] = []

    /// - Parameter type: as schema.org calls it: `DigitalDocument`.
    package init(_ type: String) {
        self.type = type
    }

    /// - Parameter value: nil, or an empty text, where it is not known.
    package mutating func add(_ name: String, _ value: Value?) {
        if case .text("") = value { return }
        guard let value else { return }
        properties.append((name, value))
    }

    package mutating func add(_ name: String, _ text: String?) { add(name, text.map(Value.text)) }

    /// With its own element round it, as a property of another.
    private func html(as name: String, _ whole: (Link) -> Link) -> HTML {
        "<span itemprop=\"\(name)\"\(attributes)>\(members(whole))</span>\n"
    }

    var attributes: HTML { " itemscope itemtype=\"https://schema.org/\(type)\"" }

    /// Said to programs alone: what readers see stands elsewhere on the page in words.
    ///
    /// - Parameter whole: a place of this site as it is written elsewhere.
    func members(_ whole: (Link) -> Link) -> HTML {
        "\(properties.map { Self.member($0.name, $0.value, whole) })"
    }

    private static func member(_ name: String, _ value: Value, _ whole: (Link) -> Link) -> HTML {
        switch value {
        case .text(let text): "<meta itemprop=\"\(name)\" content=\"\(text)\">"
        case .link(let link): "<link itemprop=\"\(name)\" href=\"\(whole(link))\">"
        case .thing(let thing): thing.html(as: name, whole)
        }
    }
}
