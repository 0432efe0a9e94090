/// The door to other hosts: one request goes out, one answer comes back (对外请求).
package struct OutboundDoor: Sendable {
    package struct Request: Sendable, Hashable {
        package let url: String
        /// nil: GET; otherwise POST.
        package let body: [UInt8]?
        /// More of an answer is not read.
        package let bytesMax: Int
    }

    package struct Answer: Sendable, Hashable {
        package let status: Int
        package let body: [UInt8]

        package init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    /// - Throws: `OutboundProblem`, nothing else but a cancellation.
    package let send: @Sendable (Request) async throws -> Answer

    package init(send: @escaping @Sendable (Request) async throws -> Answer) {
        self.send = send
    }
}

/// Why there was no answer from another host.
package enum OutboundProblem: Error, Sendable, Hashable {
    case unreachable
    case tooSlow
    /// Its answer is larger than is read.
    case tooLarge(bytesMax: Int)

    /// Chinese, a part of a sentence.
    package var detail: String {
        switch self {
        case .unreachable: "无法连接，或者连接中断"
        case .tooSlow: "没有在时限内答复"
        case .tooLarge(let bytesMax): "答复超过 \(bytesMax) 字节"
        }
    }
}
