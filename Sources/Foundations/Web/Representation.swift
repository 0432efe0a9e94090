import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An answer as it can be sent again and again: released bytes with their tag, and their compressed form once somebody
/// asked for it (可重复使用的答复).
final class Representation: Sendable {
    private let released: Released
    private let bytes: ByteBuffer
    private let tag: EntityTag
    private let compressionLevel: Int
    private let packed = Mutex<Packed>(.unknown)

    private enum Packed {
        case unknown, useless
        case bytes(ByteBuffer)
    }

    /// - Parameters:
    ///   - compressionLevel: 1, quick, for what is sent once; 6 for what is sent again.
    /// - Returns: nil for what has no bytes of its own: a redirection, a stream, what nobody may keep.
    init?(_ released: Released, compressionLevel: Int) {
        guard released.output.status == 200, case .bytes(let bytes) = released.output.body,
            released.output.fields[.cacheControl] != Keeping.notAtAll.rawValue
        else { return nil }
        self.released = released
        self.bytes = ByteBuffer(bytes: bytes)
        self.compressionLevel = compressionLevel
        tag = EntityTag(of: bytes)
    }

    /// At most, with the compressed form, which is thrown away unless it saves half, and the rest about it.
    var bytesMax: Int { bytes.readableBytes * 3 / 2 + 4096 }

    /// The answer to somebody who may have it already and says how it may be coded.
    ///
    /// - Throws: `Problem.noCoding` when it may be coded in no way that there is.
    func response(to fields: HTTPFields) throws -> Response {
        let compresses = isCompressible
        // What is not worth compressing is sent as it is, whatever was asked for.
        let accepted = compresses ? fields[.acceptEncoding] : nil
        guard var coding = ContentCoding.choice(accepted: accepted) else {
            throw Problem.noCoding
        }
        var sent = bytes
        if coding == .gzip, let packed = gzip() { sent = packed } else { coding = .identity }
        var answer = released.output.fields
        answer[.eTag] = tag.field(coding)
        if compresses {
            answer[.vary] = [answer[.vary], "Accept-Encoding"].compactMap(\.self).joined(separator: ", ")
        }
        if let known = fields[.ifNoneMatch], EntityTag.isNamed(tag.field(coding), in: known) {
            return Representation.unchanged(answer)
        }
        if coding == .gzip { answer[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: answer, body: ResponseBody(byteBuffer: sent))
    }

    /// Others than everybody get no compressed answer: their pages may hold what is theirs alone.
    private var isCompressible: Bool {
        released.audience == .everyone && bytes.readableBytes >= ContentCoding.bytesMin
            && ContentCoding.compresses(released.output.fields[.contentType] ?? "")
    }

    private func gzip() -> ByteBuffer? {
        packed.withLock { packed in
            if case .unknown = packed {
                let small = Deflater.gzip(Array(bytes.readableBytesView), level: compressionLevel)
                packed = small.count <= bytes.readableBytes / 2 ? .bytes(ByteBuffer(bytes: small)) : .useless
            }
            if case .bytes(let small) = packed { return small }
            return nil
        }
    }

    /// "As you have it": without what describes bytes that are not sent.
    private static func unchanged(_ fields: HTTPFields) -> Response {
        var fields = fields
        for name in [HTTPField.Name.contentType, .contentLanguage, .contentDisposition] { fields[name] = nil }
        var response = Response(status: .notModified, headers: fields)
        // The length of nothing would be taken for that of the page.
        response.headers[.contentLength] = nil
        return response
    }
}
