import Hummingbird
import NIOCore

/// What the server knows of a connection beside the request.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Whether a program on this same host asks: a proxy in front, whose word on how it was asked can be taken.
    let isBehindProxy: Bool

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        isBehindProxy = source.channel.remoteAddress.map(Self.isThisHost) ?? false
    }

    private static func isThisHost(_ address: SocketAddress) -> Bool {
        switch address {
        case .unixDomainSocket: true
        case .v4, .v6:
            address.ipAddress.map { $0.hasPrefix("127.") || $0 == "::1" || $0.hasPrefix("::ffff:127.") }
                ?? false
        }
    }
}
