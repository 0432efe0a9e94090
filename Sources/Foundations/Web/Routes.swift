/// The addresses of a site. Each view adds its own; the server is given them all.
///
/// A path is written `obligations/:id`; a part that begins with `:` takes any one segment, and a plain part
/// wins over it. `GET` answers `HEAD` too, and every format of the same address.
package final class Routes {
    package typealias Handler = @Sendable (WebRequest) async throws -> Answer

    static let formBytesMax = 65_536

    struct Route: Sendable {
        let method: String
        let pattern: [String]
        /// Who stands outside this door.
        let door: Audience
        let bodyBytesMax: Int
        let handler: Handler
    }

    private(set) var all: [Route] = []
    private let door: Audience

    /// - Parameters:
    ///   - door: who may call these addresses; what is not meant for them does not leave.
    package init(door: Audience = .everyone) {
        self.door = door
    }

    package func get(_ path: String, _ handler: @escaping Handler) {
        add("GET", path, bodyBytesMax: 0, handler)
    }

    /// - Parameters:
    ///   - bodyBytesMax: a larger body is refused before it is read to its end.
    package func post(_ path: String, bodyBytesMax: Int = formBytesMax, _ handler: @escaping Handler) {
        add("POST", path, bodyBytesMax: bodyBytesMax, handler)
    }

    /// Takes over the addresses of another door.
    package func add(_ other: Routes) {
        for route in other.all { insert(route) }
    }

    private func add(_ method: String, _ path: String, bodyBytesMax: Int, _ handler: @escaping Handler) {
        let pattern = path.split(separator: "/").map(String.init)
        insert(
            Route(method: method, pattern: pattern, door: door, bodyBytesMax: bodyBytesMax, handler: handler))
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
    fileprivate var shape: [String] { pattern.map { $0.hasPrefix(":") ? ":" : $0 } }

    /// The free parts' values, or nil when the path is another's.
    func parameters(of segments: [String]) -> [String: String]? {
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

    /// Plain parts before free ones, from the left.
    static func isMoreSpecific(_ left: Self, _ right: Self) -> Bool {
        let pairs = zip(left.shape, right.shape)
        return pairs.first { ($0 == ":") != ($1 == ":") }.map { $0.1 == ":" } ?? false
    }
}
