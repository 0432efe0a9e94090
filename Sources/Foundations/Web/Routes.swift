/// The addresses of a site. Each view adds its own; the server is given them all.
///
/// A path is written `obligations/:id`; a part that begins with `:` takes any one segment, and a plain part
/// wins over it. A last part that begins with `*` takes all that is left, one segment or more, slashes and all.
/// `GET` answers `HEAD` too, and every format of the same address.
package final class Routes {
    package typealias Handler = @Sendable (WebRequest) async throws -> Answer

    static let formBytesMax = 65_536

    struct Route: Sendable {
        let method: String
        let pattern: [String]
        /// Who stands outside this door.
        let door: Audience
        let bodyBytesMax: Int
        /// The names that its query may give, and those that the view refuses itself.
        let parameters, refused: [String]
        /// Whether an answer may be kept while its bases stand.
        let keepsAnswers: Bool
        let handler: Handler
    }

    private(set) var all: [Route] = []
    private let door: Audience
    private let keepsAnswers: Bool

    /// - Parameters:
    ///   - door: who may call these addresses; what is not meant for them does not leave.
    ///   - keepsAnswers: whether what is answered may be kept and used again. Only for views whose answer depends on nothing
    ///     but the address, the site's own name, and the bases that they collect (`Basis`); and only of the open door.
    package init(door: Audience = .everyone, keepsAnswers: Bool = false) {
        precondition(!keepsAnswers || door == .everyone, "what is not for everyone is never kept")
        self.door = door
        self.keepsAnswers = keepsAnswers
    }

    /// - Parameters:
    ///   - parameters: the names that the query may give; any other is refused, since an answer that passed over a condition
    ///     would be taken for one under it.
    ///   - refused: names that the view refuses itself, in words that say where to go on.
    package func get(
        _ path: String, taking parameters: [String] = [], refusing refused: [String] = [],
        _ handler: @escaping Handler
    ) {
        add("GET", path, bodyBytesMax: 0, parameters, refused, handler)
    }

    /// - Parameters:
    ///   - bodyBytesMax: a larger body is refused before it is read to its end.
    package func post(_ path: String, bodyBytesMax: Int = formBytesMax, _ handler: @escaping Handler) {
        add("POST", path, bodyBytesMax: bodyBytesMax, [], [], handler)
    }

    /// Takes over the addresses of another door.
    package func add(_ other: Routes) {
        for route in other.all { insert(route) }
    }

    private func add(
        _ method: String, _ path: String, bodyBytesMax: Int, _ parameters: [String], _ refused: [String],
        _ handler: @escaping Handler
    ) {
        let pattern = path.split(separator: "/").map(String.init)
        insert(
            Route(
                method: method, pattern: pattern, door: door, bodyBytesMax: bodyBytesMax,
                parameters: parameters, refused: refused, keepsAnswers: keepsAnswers && method == "GET",
                handler: handler))
    }

    private func insert(_ route: Route) {
        let isNew = !all.contains { $0.method == route.method && $0.shape == route.shape }
        precondition(isNew, "two routes for \(route.method) /\(route.pattern.joined(separator: "/"))")
        all.append(route)
    }

    /// The addresses as text, for documents and tests: `GET /obligations/:id`.
    package var list: [String] { all.map { "\($0.method) /\($0.pattern.joined(separator: "/"))" }.sorted() }
}

extension Routes.Route {
    /// Parts by place, with every name of a free part alike.
    fileprivate var shape: [String] { pattern.map { Self.freedom($0) > 0 ? String($0.prefix(1)) : $0 } }

    /// 0 for a plain part, 1 for one that takes a segment, 2 for one that takes the rest.
    private static func freedom(_ part: String) -> Int {
        part.hasPrefix("*") ? 2 : part.hasPrefix(":") ? 1 : 0
    }

    /// - Throws: `Problem` where the query gives a name that the route does not take.
    func demandKnownParameters(_ request: WebRequest) throws {
        let unknown = request.query.names.filter { !parameters.contains($0) && !refused.contains($0) }
        guard !unknown.isEmpty else { return }
        throw Problem.unknownParameters(unknown, known: parameters, without: request.link(without: unknown))
    }

    /// Whether its last part takes all that is left of a path. Such an address is read as it came, without formats.
    var takesRest: Bool { pattern.last?.hasPrefix("*") ?? false }

    /// The free parts' values, or nil when the path is another's.
    func parameters(of segments: [String]) -> [String: String]? {
        guard takesRest else { return parameters(of: segments, by: pattern) }
        let start = pattern.count - 1
        let rest = segments.dropFirst(start)
        // A slash within a segment would make two addresses of one.
        guard !rest.isEmpty, !rest.contains(where: { $0.isEmpty || $0.contains("/") }) else { return nil }
        return parameters(of: Array(segments.prefix(start)), by: Array(pattern.dropLast()))?
            .merging([String(pattern[start].dropFirst()): rest.joined(separator: "/")]) { old, _ in old }
    }

    private func parameters(of segments: [String], by pattern: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix(":") {
                guard !segment.isEmpty else { return nil }
                values[String(part.dropFirst())] = segment
            } else if part != segment {
                return nil
            }
        }
        return values
    }

    /// Plain parts before free ones, and those before one that takes the rest, from the left.
    static func isMoreSpecific(_ left: Self, _ right: Self) -> Bool {
        let pairs = zip(left.pattern.map(freedom), right.pattern.map(freedom))
        return pairs.first { $0 != $1 }.map { $0.0 < $0.1 } ?? false
    }
}
