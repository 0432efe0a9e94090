/// How the bytes of an answer are coded on their way (内容编码): as they are, or compressed by gzip.
enum ContentCoding: Sendable, Hashable {
    case identity, gzip

    /// Smaller answers gain nothing: their fields and a packet weigh more.
    static let bytesMin = 1024

    /// Whether bytes of a media type grow smaller. Pictures, archives and hashes do not.
    static func compresses(_ type: String) -> Bool {
        let essence = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        return essence.hasPrefix("text/") || essence.hasSuffix("+json") || essence.hasSuffix("+xml")
            || ["application/json", "application/javascript", "application/xml", "application/x-ndjson"]
                .contains(essence)
    }

    /// The coding that a reader likes best of the two; gzip where both are as welcome.
    ///
    /// - Parameters:
    ///   - accepted: the `Accept-Encoding` field; nil when there is none. What cannot be read in it is passed over.
    /// - Returns: nil when the reader takes neither.
    static func choice(accepted: String?) -> ContentCoding? {
        guard let accepted else { return .identity }
        let weights = weights(in: accepted)
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        let identity = weights["identity"] ?? (weights["*"] == 0 ? 0 : nil)
        let takesIdentity = identity != 0
        if gzip > 0, gzip >= identity ?? 0 { return .gzip }
        return takesIdentity ? .identity : nil
    }

    /// Thousandths by coding, in lower case.
    private static func weights(in field: String) -> [String: Int] {
        var weights: [String: Int] = [:]
        for entry in field.split(separator: ",") {
            let parts = entry.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
            guard let name = parts.first, !name.isEmpty else { continue }
            guard let weight = weight(parts.dropFirst()) else { continue }
            weights[name.lowercased()] = weight
        }
        return weights
    }

    private static func weight(_ parameters: ArraySlice<Substring>) -> Int? {
        guard let parameter = parameters.first else { return 1000 }
        guard parameters.count == 1, parameter.lowercased().hasPrefix("q=") else { return nil }
        let digits = parameter.dropFirst(2).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = digits.count == 2 ? digits[1] : ""
        guard let whole = digits.first, whole == "0" || whole == "1", fraction.count <= 3,
            fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let thousandths = Int(fraction + String(repeating: "0", count: 3 - fraction.count))
        else { return nil }
        let weight = (whole == "1" ? 1000 : 0) + thousandths
        return weight <= 1000 ? weight : nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
