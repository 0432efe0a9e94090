import Foundation
import Testing

/// Asked with curl, which speaks HTTP/2 by a program that is not ours.
@Suite struct `A server with a certificate` {
    private struct Answer {
        let status: String
        let version: String
        let fields: String
        let body: Data

        func field(_ name: String) -> String? {
            fields.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }

    private func certificate(in folder: String, named name: String) throws -> (
        certificate: String, key: String
    ) {
        let (certificate, key) = (folder + "/\(name).crt", folder + "/\(name).key")
        let made = try run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ])
        #expect(made.code == 0)
        return (certificate, key)
    }

    private func ask(
        _ address: String, _ options: [String], trusting certificate: String, in folder: String
    ) throws -> Answer {
        let (head, body) = (folder + "/head", folder + "/body")
        // An answer without a body leaves the file as it is.
        for file in [head, body] { try Data().write(to: URL(fileURLWithPath: file)) }
        let said = try run(
            "curl",
            [
                "--silent", "--max-time", "60", "--cacert", certificate, "--dump-header", head, "--output",
                body, "--write-out", "%{http_code} %{http_version}",
            ] + options + [address])
        #expect(said.code == 0, "curl \(said.code)")
        let parts = said.output.split(separator: " ").map(String.init)
        return Answer(
            status: parts.first ?? "", version: parts.last ?? "",
            fields: String(decoding: FileManager.default.contents(atPath: head) ?? Data(), as: UTF8.self),
            body: FileManager.default.contents(atPath: body) ?? Data())
    }

    @Test func `answers in HTTP/2 and HTTP/1.1, compressed and not, the same bytes`() async throws {
        try await withFolder { folder in
            let pair = try certificate(in: folder, named: "own")
            let server = Program([
                "serve", "--data", folder + "/data", "--port", "0", "--host", "localhost", "--certificate",
                pair.certificate, "--private-key", pair.key,
            ])
            let line = try server.start()
            defer { server.terminate() }
            let start = try #require(line.range(of: "https://"))
            let address = String(line[start.lowerBound...]).trimmingCharacters(in: .whitespaces) + "/columns"
            var bodies: Set<Data> = []
            var tags: Set<String> = []
            for (version, option) in [("2", "--http2"), ("1.1", "--http1.1")] {
                for coding in [[], ["--compressed"]] {
                    let answer = try ask(
                        address, [option] + coding, trusting: pair.certificate, in: folder)
                    #expect(answer.status == "200" && answer.version == version)
                    #expect(answer.field("content-encoding") == (coding.isEmpty ? nil : "gzip"))
                    #expect(answer.field("strict-transport-security") == "max-age=31536000")
                    bodies.insert(answer.body)
                    let tag = try #require(answer.field("etag"))
                    tags.insert(tag)
                    let again = try ask(
                        address, [option, "--header", "If-None-Match: \(tag)"] + coding,
                        trusting: pair.certificate, in: folder)
                    #expect(again.status == "304" && again.body.isEmpty, "\(version) \(coding)")
                }
            }
            #expect(bodies.count == 1 && (bodies.first?.count ?? 0) > 5000)
            #expect(tags.count == 2)
            let origin = address.replacing("/columns", with: "")
            let remembered = try ask(
                origin + "/reading",
                ["--http2", "--header", "Origin: \(origin)", "--data", "colour=dark"],
                trusting: pair.certificate, in: folder)
            #expect(remembered.status == "303" && remembered.version == "2")
            #expect(try #require(remembered.field("set-cookie")).contains("; Secure"))
        }
    }

    @Test func `says which file it cannot use, and does not start`() async throws {
        try await withFolder { folder in
            let (own, other) = (
                try certificate(in: folder, named: "own"), try certificate(in: folder, named: "other")
            )
            let data = ["serve", "--data", folder + "/data", "--port", "0"]
            let wrong = [
                (folder + "/none.crt", own.key, "none.crt"), (own.key, own.key, "own.key"),
                (own.certificate, folder + "/none.key", "none.key"),
                (own.certificate, other.key, "other.key"),
            ]
            for (certificate, key, named) in wrong {
                let refused = try Program.run(data + ["--certificate", certificate, "--private-key", key])
                #expect(refused.code == 1 && refused.errors.contains("[certificate-unusable]"), "\(refused)")
                #expect(refused.errors.contains(named), "\(refused)")
            }
            #expect(try Program.run(data + ["--certificate", own.certificate]).code != 0)
        }
    }
}
