/// A level of government with its catalogue and its bodies (辖区).
package struct Jurisdiction: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Codable {
        case country, province, city, county
    }

    /// Short and stable: `CN`, `FG`.
    package let code: String
    /// 凤冈县
    package let name: String
    /// The code of the level above; empty at the top.
    package let parent: String
    /// 行政区划代码, six digits; empty where there is none.
    package let region: String
    package let kind: Kind
    /// The catalogue it keeps: mostly its own code. Several jurisdictions may keep one catalogue.
    package let catalogue: String
    /// Invented, for the demonstration.
    package let sample: Bool

    package init(
        code: String, name: String, parent: String, region: String, kind: Kind, catalogue: String,
        sample: Bool
    ) {
        self.code = code
        self.name = name
        self.parent = parent
        self.region = region
        self.kind = kind
        self.catalogue = catalogue
        self.sample = sample
    }
}
