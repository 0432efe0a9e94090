import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// A connection by TLS, which speaks HTTP/2, and HTTP/1.1 with those who do not.
struct EncryptedChannel: ServerChildChannel {
    private let upgrade: HTTP2UpgradeChannel

    /// - Parameter connection: the limits of one by HTTP/1.1; its pause ends one by HTTP/2 too.
    init(
        _ certificate: ServerCertificate, connection: HTTP1Channel.Configuration,
        responder: @escaping HTTPChannelHandler.Responder
    ) throws {
        upgrade = try HTTP2UpgradeChannel(
            tlsConfiguration: certificate.configuration,
            configuration: .init(
                idleTimeout: connection.idleTimeout.map { .nanoseconds($0.nanoseconds) },
                streamConfiguration: connection),
            responder: responder)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP2UpgradeChannel.Value> {
        let negotiated = upgrade.setup(channel: channel, logger: logger)
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                HandshakeLimit(), position: .after(pipeline.handler(type: NIOSSLServerHandler.self)))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return negotiated
    }

    func handle(value: HTTP2UpgradeChannel.Value, logger: Logger) async {
        await upgrade.handle(value: value, logger: logger)
    }
}

/// Ends a connection that does not agree on a key within its time: until then no other limit holds it.
private final class HandshakeLimit: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private static let limit = TimeAmount.seconds(15)
    private var ending: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        ending = context.eventLoop.assumeIsolated().scheduleTask(in: Self.limit) {
            context.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { ending?.cancel() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { ending?.cancel() }
        context.fireUserInboundEventTriggered(event)
    }
}
