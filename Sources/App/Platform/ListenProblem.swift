import Foundation
import Law
import NIOCore

/// Why no server answers at the address that was asked for.
package enum ListenProblem: Refusal, Hashable {
    /// Another program listens there.
    case taken(host: String, port: Int)
    /// Ports below 1024 are the administrator's.
    case notAllowed(port: Int)
    /// No address of this machine.
    case notHere(host: String)

    /// - Returns: nil for an error that is about something else.
    init?(_ error: any Error, host: String, port: Int) {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE?: self = .taken(host: host, port: port)
        case EACCES?: self = .notAllowed(port: port)
        case EADDRNOTAVAIL?: self = .notHere(host: host)
        default:
            guard error is SocketAddressError || error is SocketAddressError.UnknownHost else { return nil }
            self = .notHere(host: host)
        }
    }

    package var kind: RefusalKind { .conflict }

    package var code: String {
        switch self {
        case .taken: "address-taken"
        case .notAllowed: "port-not-allowed"
        case .notHere: "address-not-here"
        }
    }

    package var detail: String {
        switch self {
        case .taken(let host, let port):
            "\(host):\(port) 已经有别的程序在用。请结束那个程序，或者用 --port 另给一个端口（0 表示任意空闲端口）。"
        case .notAllowed(let port): "没有权限使用端口 \(port)：1024 以下的端口归系统管理员。请用 --port 另给一个端口。"
        case .notHere(let host): "\(host) 不是这台机器的地址。请用 --host 给出本机地址，例如 127.0.0.1。"
        }
    }
}

extension ListenProblem {
    /// Runs a server; what keeps it from listening is told as a problem of the address.
    static func telling(host: String, port: Int, _ run: () async throws -> Void) async throws {
        do {
            try await run()
        } catch {
            throw ListenProblem(error, host: host, port: port) ?? error
        }
    }
}
