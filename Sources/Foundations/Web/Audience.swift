/// Whom a piece of information is meant for (公开范围).
package enum Audience: String, Sendable, Hashable, Codable, CaseIterable {
    /// 全社会
    case everyone
    /// 县（市、区）范围
    case county
    /// 镇（街道）、村（社区）范围
    case town
    /// 特定群体
    case group
    /// 申请人本人
    case applicant

    package var title: String {
        switch self {
        case .everyone: "全社会"
        case .county: "本县（市、区）"
        case .town: "本镇（街道）"
        case .group: "特定群体"
        case .applicant: "申请人"
        }
    }
}

/// Bytes on their way out, and whom they may reach.
///
/// The one exit: whatever leaves carries its audience, and only this file can mint the type that the server
/// writes to a connection. A view says in its `Answer` whom the answer is meant for, without a default; the
/// door of its routes says who stands outside; what is not meant for them is answered as if it did not exist.
/// Slices know neither the server nor this initialiser. Types stop direct construction, not every leak (a
/// view can still name the wrong audience), so tests plant secrets and look for them behind every address.
package struct Released: Sendable {
    package let audience: Audience
    let output: Output

    private init(_ output: Output, meantFor audience: Audience) {
        self.output = output
        self.audience = audience
    }

    /// Lets an answer through the door; it is not even rendered when it may not pass.
    ///
    /// - Throws: `Held` when those outside the door are not its audience.
    init(_ answer: Answer, through door: Audience, as output: () throws -> Output) throws {
        // What is meant for everyone may go out of any door; everything else only out of its own.
        guard answer.audience == .everyone || answer.audience == door else {
            throw Held(audience: answer.audience, door: door)
        }
        self.init(try output(), meantFor: answer.audience)
    }

    /// Words of our own that hold nobody's information: the stylesheet.
    static func stylesheet(_ output: Output) -> Released { Released(output, meantFor: .everyone) }

    /// A refusal; its words are made for whoever asked.
    static func problem(_ output: Output) -> Released { Released(output, meantFor: .everyone) }
}

/// An answer that was not meant for the one who asked.
struct Held: Error, Hashable {
    let audience: Audience
    let door: Audience
}
