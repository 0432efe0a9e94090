/// Where readers reach a site: what stands before each of its places (网站地址), such as `https://example.org`.
package struct SiteAddress: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host and port, without a slash at the end.
    package let description: String

    private static let hostBytesMax = 253

    /// - Parameter text: `http` or `https`, a host of letters, digits, dots and hyphens, a port or none; one slash may follow.
    /// - Returns: nil for everything else: a path, a query, a user, another scheme.
    package init?(_ text: String) {
        let text = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let place = rest.hasSuffix("/") ? rest.dropLast() : rest
        let parts = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, Self.isHost(host), parts.count == 1 || Self.isPort(parts[1]) else {
            return nil
        }
        description = scheme + place
    }

    private static func isHost(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= hostBytesMax
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { Self.letters.contains($0) }
            }
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)

    private static func isPort(_ text: Substring) -> Bool {
        Int(text).map { (1...65535).contains($0) && String($0) == text } ?? false
    }
}
