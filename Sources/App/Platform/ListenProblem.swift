import Foundation
import Law
import NIOCore
import Web

/// Why no server answers at the address that was asked for.
package enum ListenProblem: Refusal, Hashable {
    /// Another program listens there.
    case taken(host: String, port: Int)
    /// Ports below 1024 are the administrator's.
    case notAllowed(port: Int)
    /// No address of this machine.
    case notHere(host: String)
    /// The file of the certificates, or of their key, cannot be used.
    case certificate(file: String, ServerCertificate.Flaw)

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
        case .certificate: "certificate-unusable"
        }
    }

    package var detail: String {
        switch self {
        case .taken(let host, let port):
            "\(host):\(port) 已经有别的程序在用。请结束那个程序，或者用 --port 另给一个端口（0 表示任意空闲端口）。"
        case .notAllowed(let port): "没有权限使用端口 \(port)：1024 以下的端口归系统管理员。请用 --port 另给一个端口。"
        case .notHere(let host): "\(host) 不是这台机器的地址。请用 --host 给出本机地址，例如 127.0.0.1。"
        case .certificate(let file, .certificates):
            "读不到证书 \(file)，或者其中没有 PEM 格式的证书。请核对 --certificate：先服务器自己的证书，后中间证书，同在一个文件里。"
        case .certificate(let file, .privateKey):
            "读不到私钥 \(file)，或者它不是没有口令的 PEM 私钥。请核对 --private-key 和文件的权限。"
        case .certificate(let file, .otherKey): "私钥 \(file) 与证书不是一对。请核对 --certificate 和 --private-key。"
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

extension ServerCertificate {
    /// - Throws: `ListenProblem.certificate` that names the file.
    package static func read(certificates: String, privateKey: String) throws -> ServerCertificate {
        do {
            return try ServerCertificate(certificates: certificates, privateKey: privateKey)
        } catch {
            throw ListenProblem.certificate(file: error == .certificates ? certificates : privateKey, error)
        }
    }
}
