import CZlib

/// Compresses by gzip, at once or piece by piece (压缩).
///
/// What is compressed here is the same for all who ask: no page of the public door holds a secret of its reader beside
/// words that somebody else could choose, so that its length tells nobody anything (BREACH). Answers of other doors are
/// not compressed.
final class Deflater {
    /// zlib keeps the address of the stream.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 1, quick, to 9, small.
    init(level: Int) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window; 16 more for a gzip header.
        let begun = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(begun == Z_OK, "zlib has memory and the version that was built with")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    static func gzip(_ bytes: [UInt8], level: Int) -> [UInt8] {
        let deflater = Deflater(level: level)
        return deflater.compress(bytes, isLast: true)
    }

    /// - Parameter isLast: nothing follows.
    /// - Returns: what can be sent by now. Nothing is held back, so that a slow writer's reader does not wait.
    func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let piece = Swift.max(256, Int(deflateBound(stream, UInt(stream.pointee.avail_in))))
                output.append(
                    contentsOf: [UInt8](unsafeUninitializedCapacity: piece) { buffer, count in
                        stream.pointee.next_out = buffer.baseAddress
                        stream.pointee.avail_out = UInt32(piece)
                        let result = deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                        precondition(result != Z_STREAM_ERROR, "the stream is used in order")
                        count = piece - Int(stream.pointee.avail_out)
                    })
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
