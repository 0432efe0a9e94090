import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The routes of a site behind one responder. The only place that knows Hummingbird.
///
/// Every answer carries the same security fields; every refusal is a problem document or a page; an error of
/// ours leaves only its number, and the log has the rest.
package struct WebServer: Sendable {
    let routes: [Routes.Route]
    let look: Look
    let logger: Logger
    let translate: @Sendable (any Error) -> Problem?
    private let kept: KeptAnswers
    private let stylesheets: [Manner.Colour: Representation?]
    private let bodySeconds: Int
    private let certificate: ServerCertificate?

    /// - Parameters:
    ///   - keptBytesMax: memory for answers that are used again.
    ///   - bodySeconds: how long a body may take to arrive, however it trickles.
    ///   - certificate: what it proves itself with by https; nil where it speaks http, to this host or to a proxy in front.
    ///   - translate: what the slices' own refusals mean here; nil for what is nobody's refusal.
    package init(
        routes: Routes, look: Look, logger: Logger, keptBytesMax: Int = 64 << 20, bodySeconds: Int = 30,
        certificate: ServerCertificate? = nil,
        translate: @escaping @Sendable (any Error) -> Problem? = { _ in nil }
    ) {
        kept = KeptAnswers(bytesMax: keptBytesMax)
        stylesheets = look.stylesheets.mapValues { Representation($0.released, compressionLevel: 9) }
        self.bodySeconds = bodySeconds
        self.certificate = certificate
        self.routes = routes.all.sorted(by: Routes.Route.isMoreSpecific)
        self.look = look
        self.logger = logger
        self.translate = translate
    }

    /// A minute of silence ends a connection. What exceeds these limits of its fields ends it too, without a page; the
    /// lower ones of `WebRequest` are answered with one.
    private static let channel = HTTP1Channel.Configuration(
        idleTimeout: .seconds(60),
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 32 * 1024, maxHeaderListSize: 48 * 1024, maxHeaderFieldCount: 300))

    /// The server, not yet listening. It is a `Service`: it runs until its group shuts down, and then lets
    /// answers under way finish.
    ///
    /// - Parameters:
    ///   - port: 0 takes any free one.
    ///   - connectionsMax: further ones wait.
    ///   - onListening: called once with the port.
    package func application(
        host: String, port: Int, connectionsMax: Int = 4096,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var configuration = ApplicationConfiguration(address: .hostname(host, port: port))
        configuration.availableConnectionsDelegate = MaximumAvailableConnections(connectionsMax)
        return Application(
            responder: responder, server: server,
            configuration: configuration,
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger)
    }

    private var server: HTTPServerBuilder {
        guard let certificate else { return .http1(configuration: WebServer.channel) }
        return HTTPServerBuilder { responder in
            try EncryptedChannel(certificate, connection: WebServer.channel, responder: responder)
        }
    }

    /// How often an answer was sent that had been made before.
    package var keptAnswersUsed: Int { kept.uses }

    package var responder: CallbackResponder<WebContext> {
        CallbackResponder { request, context in await respond(to: request, isProxied: context.isBehindProxy) }
    }
}

extension WebServer {
    private func respond(to request: Request, isProxied: Bool) async -> Response {
        let id = String(UInt64.random(in: .min ... .max), radix: 36)
        let start = ContinuousClock.now
        var response = await outgoing(for: request, id: id)
        for (name, value) in Output.securityFields where response.headers[name] == nil {
            response.headers[name] = value
        }
        if certificate != nil || isProxied && request.headers[Output.forwardedScheme] == "https" {
            response.headers[Output.transportSecurity.0] = Output.transportSecurity.1
        }
        if request.method == .head { response = response.createHeadResponse() }
        // The path without its query: what a reader searches for is nobody's business.
        let path = request.head.path?.prefix { $0 != "?" }.prefix(200) ?? ""
        logger.info(
            "request",
            metadata: [
                "id": "\(id)", "method": "\(request.method)", "path": "\(path)",
                "status": "\(response.status.code)", "took": "\(ContinuousClock.now - start)",
            ])
        return response
    }

    private func outgoing(for request: Request, id: String) async -> Response {
        var asked: WebRequest?
        do {
            try WebRequest.checkSize(of: request.headers)
            var read = try WebRequest(target: request.head.path ?? "/", fields: request.headers, id: id)
            read.site = site(of: request)
            read.address = look.address
            read.manner = manner(of: request)
            asked = read
            if let asset = try asset(for: read, request) { return asset }
            let (route, parameters) = try route(for: read, request.method)
            var complete = read.taking(parameters, isExact: route.isExact)
            if route.route.method == "POST" {
                try await readBody(of: request, into: &complete, bytesMax: route.route.bodyBytesMax)
            }
            asked = complete
            try route.route.demandKnownParameters(complete)
            return try await response(of: route.route, to: complete, fields: request.headers)
        } catch {
            let format =
                asked?.format
                ?? WebRequest.format(target: request.head.path, accept: request.headers[.accept])
            return problemResponse(
                problem(for: error, id: id), in: format, manner(of: request), id: id)
        }
    }

    private func response(
        of route: Routes.Route, to asked: WebRequest, fields: HTTPFields
    ) async throws -> Response {
        guard route.keepsAnswers else {
            return try response(from: try await released(by: route, to: asked), to: fields)
        }
        let key = asked.keptAs
        if let known = kept.answer(key) {
            if try await known.bases.stand() {
                kept.countUse()
                return try known.representation.response(to: fields)
            }
            kept.forget(key)
        }
        let bases = Basis.Collection()
        let released = try await Basis.$collection.withValue(bases) {
            try await self.released(by: route, to: asked)
        }
        guard released.audience == .everyone, !bases.all.isEmpty,
            let representation = Representation(released, compressionLevel: 6)
        else { return try response(from: released, to: fields) }
        kept.keep(KeptAnswers.Kept(representation: representation, bases: bases.all), as: key)
        return try representation.response(to: fields)
    }

    private func released(by route: Routes.Route, to asked: WebRequest) async throws -> Released {
        let answer = try await route.handler(asked)
        return try Released(answer, through: route.door) { try output(answer, for: asked) }
    }

    private func response(from released: Released, to fields: HTTPFields) throws -> Response {
        if let once = Representation(released, compressionLevel: 1) { return try once.response(to: fields) }
        guard released.isCompressibleStream else { return released.response() }
        guard let coding = ContentCoding.choice(accepted: fields[.acceptEncoding]) else {
            throw Problem.noCoding
        }
        var response = released.response(coding)
        response.headers[.vary] = "Accept-Encoding"
        return response
    }

    private func route(
        for asked: WebRequest, _ method: HTTPRequest.Method
    ) throws -> (found: (route: Routes.Route, isExact: Bool), parameters: [String: String]) {
        let wanted = method == .head ? "GET" : method.rawValue
        var allowed: Set<String> = []
        let exact =
            asked.formatIsInAddress ? routes.filter { $0.pattern.last == asked.wholeSegments.last } : []
        let tries =
            exact.map { ($0, asked.wholeSegments, true) }
            + routes.map { ($0, $0.takesRest ? asked.wholeSegments : asked.segments, false) }
        for (route, segments, isExact) in tries {
            guard let parameters = route.parameters(of: segments) else { continue }
            if route.method == wanted { return ((route, isExact), parameters) }
            allowed.insert(route.method)
        }
        if allowed.isEmpty { throw Problem.noSuchPage }
        throw Problem.wrongMethod((allowed.contains("GET") ? allowed.union(["HEAD"]) : allowed).sorted())
    }

    private func manner(of request: Request) -> Manner {
        look.possible(Manner(cookies: request.headers[.cookie]))
    }

    /// As the reader reached it; a proxy in front says whether that was encrypted.
    private func site(of request: Request) -> String? {
        guard let host = request.head.authority, !host.isEmpty else { return nil }
        let isEncrypted = certificate != nil || request.headers[Output.forwardedScheme] == "https"
        return (isEncrypted ? "https://" : "http://") + host
    }

    private func readBody(of request: Request, into asked: inout WebRequest, bytesMax: Int) async throws {
        try refuseForeign(request)
        if let announced = request.headers[.contentLength].flatMap(Int.init), announced > bytesMax {
            throw Problem.bodyTooLarge
        }
        let buffer = try await collected(request.body, bytesMax: bytesMax)
        let type = request.headers[.contentType] ?? ""
        if type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            asked.form = try Fields(encoded: String(buffer: buffer))
        } else {
            asked.body = Array(buffer.readableBytesView)
        }
    }

    /// The whole body, if it comes within its time: a body that trickles holds a connection for ever.
    private func collected(_ body: RequestBody, bytesMax: Int) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
            group.addTask {
                do {
                    return try await body.collect(upTo: bytesMax)
                } catch is NIOTooManyBytesError {
                    throw Problem.bodyTooLarge
                }
            }
            group.addTask { [bodySeconds] in
                try await Task.sleep(for: .seconds(bodySeconds))
                throw Problem.bodyTooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? ByteBuffer()
        }
    }

    /// A browser says where a form comes from; one from another site is not taken. Programs say nothing.
    private func refuseForeign(_ request: Request) throws {
        if let site = request.headers[Output.fetchSite], site != "same-origin", site != "none" {
            throw Problem.foreignForm
        }
        if let origin = request.headers[.origin], let host = request.head.authority,
            origin != "http://" + host, origin != "https://" + host
        {
            throw Problem.foreignForm
        }
    }

    private func problem(for error: any Error, id: String) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = translate(error) { return problem }
        if let held = error as? Held {
            logger.warning(
                "an answer was held back",
                metadata: ["id": "\(id)", "meant for": "\(held.audience)", "door": "\(held.door)"])
            return .noSuchPage
        }
        logger.error("an error of ours", metadata: ["id": "\(id)", "error": "\(String(reflecting: error))"])
        return .ourMistake(id)
    }
}

extension WebServer {
    /// The answer in the format asked for.
    private func output(_ answer: Answer, for request: WebRequest) throws -> Output {
        switch answer.content {
        case .redirect(let link, let manner):
            var fields: HTTPFields = [.location: link.address]
            fields[.setCookie] = manner?.cookie(isEncrypted: request.isEncrypted)
            return Output(status: 303, fields: fields, body: .bytes([]))
        case .file(let file):
            var fields: HTTPFields = [.contentType: file.type, .cacheControl: file.keeping.rawValue]
            fields[.contentDisposition] = file.disposition
            fields[.contentSecurityPolicy] = file.policy
            if let language = file.language {
                fields[.vary] = "Cookie"
                fields[.contentLanguage] = language.rawValue
            }
            var output = Output(status: 200, fields: fields, body: file.body)
            if answer.audience == .everyone { output.open() }
            return output
        case .value(let page, let json, let csv):
            return try value(page, json, csv, of: answer, for: request)
        }
    }

    private func value(
        _ page: (@Sendable () -> Page)?, _ json: (@Sendable () throws -> [UInt8])?,
        _ csv: (@Sendable () -> CSVTable)?, of answer: Answer, for request: WebRequest
    ) throws -> Output {
        let bytes: [UInt8]
        let type: String
        switch request.format {
        case .json where json != nil:
            bytes = try json?() ?? []
            type = JSON.mediaType
        case .csv:
            guard let csv else { throw Problem.noSuchPage }
            bytes = csv().bytes
            type = CSVTable.mediaType
        default:
            guard let page, request.format == .page || !request.formatIsInAddress else {
                throw Problem.noSuchPage
            }
            let formats = [json == nil ? nil : WebRequest.Format.json, csv == nil ? nil : .csv].compactMap(
                \.self)
            bytes = look.document(
                page(), for: request, formats: formats, goesOn: answer.next != nil, in: request.manner)
            type = Output.pageType
        }
        var fields: HTTPFields = [.contentType: type, .cacheControl: "no-cache", .vary: "Accept"]
        if type == Output.pageType {
            fields[.vary] = "Accept, Cookie"
            fields[.contentLanguage] = request.manner.language.rawValue
        }
        if let next = answer.next { fields[Output.link] = "<\(next.address)>; rel=\"next\"" }
        var output = Output(status: 200, fields: fields, body: .bytes(bytes))
        // Public data may be read by anybody's page.
        if request.format != .page, answer.audience == .everyone { output.open() }
        return output
    }

    private func problemResponse(
        _ problem: Problem, in format: WebRequest.Format, _ manner: Manner, id: String
    ) -> Response {
        var fields: HTTPFields = [.cacheControl: "no-store", .vary: "Accept"]
        if problem.status == 503 { fields[.retryAfter] = "30" }
        fields[.allow] = problem.allowedMethods?.joined(separator: ", ")
        var bytes: [UInt8] = []
        do {
            if format != .page {
                bytes = try problem.document(instance: problem.status == 500 ? "urn:request:\(id)" : nil)
            }
        } catch {
            logger.error("a problem could not be encoded", metadata: ["id": "\(id)", "error": "\(error)"])
        }
        if bytes.isEmpty {
            bytes = look.document(problem.page, for: nil, formats: [], in: manner)
            fields[.contentLanguage] = manner.language.rawValue
        }
        fields[.contentType] = format == .page ? Output.pageType : Problem.mediaType
        return Released.problem(Output(status: problem.status, fields: fields, body: .bytes(bytes)))
            .response()
    }

    private func asset(for asked: WebRequest, _ request: Request) throws -> Response? {
        guard request.method == .get || request.method == .head, asked.wholeSegments.count == 2,
            asked.wholeSegments[0] == "assets"
        else { return nil }
        let name = asked.wholeSegments[1]
        let found = look.stylesheets.first { name == $0.value.fullName || name == $0.value.plainName }
        guard let (colour, asset) = found else { return nil }
        var response = try stylesheets[colour]??.response(to: request.headers)
        if name == asset.fullName { response?.headers[.cacheControl] = Asset.forEver }
        return response
    }
}
