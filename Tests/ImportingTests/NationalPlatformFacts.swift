import Testing

@testable import Importing

/// What single notices of the national platform say, worked out by reading them.
///
/// Facts only (codes, days, sums, names of bodies and suppliers); the texts are not here. Sums in 分.
struct StatedFacts: Sendable, CustomTestStringConvertible {
    let record: String
    let kind: NoticeKind
    var item: String? = nil
    var buyer: String? = nil
    var agency: String? = nil
    var method: ProcurementMethod? = nil
    var sums: Set<String> = []
    var times: Set<String> = []
    var period: Int? = nil
    var lots: [String] = []
    var awards: [String] = []
    var events: Set<String> = []
    var findings: Set<String> = []

    var testDescription: String { "\(kind) \(record)" }

    static let all: [StatedFacts] = [
        StatedFacts(
            record: "003346ed9dd8b0494c7aa507db162810f636", kind: .procurementContract, item: "I-CN-022",
            buyer: "德清县体育中心（德清县少年儿童体育学校）", sums: ["unclear 0", "contract 0"],
            times: ["signing 2026-03-17 00:32"], awards: ["- 湖州新国旅外事旅游汽车服务有限公司 0"],
            events: ["procurement.contract_signed 2026-03-17 00:32 stated"],
            findings: ["contract-sum-zero", "contract-text-missing", "signing-equals-publication"]),
        StatedFacts(
            record: "003183a93c49cca84f26af77aa0dd4557c63", kind: .otherDeal, sums: ["award 480000000"],
            times: ["fixing 2026-03-16"]),
        StatedFacts(
            record: "00371664c9395eab4f69aafe6acd1a6ec16b", kind: .procurementNotice, item: "I-CN-018",
            buyer: "济南市体育局", agency: "海逸恒安项目管理有限公司", method: .consultation,
            sums: ["budget 60000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-03-27 09:00",
                "opening 2026-03-27 09:00",
            ],
            period: 3, lots: ["A 10000000 -", "B 50000000 -"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-03-27 09:00 stated",
                "procurement.bid_opening 2026-03-27 09:00 stated",
            ]),
        StatedFacts(
            record: "003297ce728b9eed400a92ddedc3d464b108", kind: .tenderResult, item: "I-CN-035",
            agency: "苏州建元项目管理有限公司", method: .openTender, sums: ["award 3602568800"],
            times: ["publicityFrom 2026-03-16 10:02", "publicityTo 2026-03-19 10:02"],
            awards: ["- 昆山市华鼎装饰有限公司 3602568800"], events: ["tender.result_fixed 2026-03-16 inferred"]),
        StatedFacts(
            record: "0035634ed22e24ca406b8a2242e9d79fcea9", kind: .openingRecord,
            times: ["opening 2026-03-16"], events: ["tender.bid_opening 2026-03-16 stated"]),
        StatedFacts(
            record: "00614dd3af81ee34459f91b56666d856b89a", kind: .procurementNotice, item: "I-CN-018",
            buyer: "凤翔县考试管理中心", agency: "宝鸡久兴工程项目管理有限公司", method: .consultation,
            sums: ["budget 120000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-03-27 09:00",
                "opening 2026-03-27 09:00",
            ],
            period: 3, lots: ["1 120000000 119805000"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-03-27 09:00 stated",
                "procurement.bid_opening 2026-03-27 09:00 stated",
            ]),
        StatedFacts(
            record: "0041a7dda5aeefe74c1aa7eb5f298be7f7ed", kind: .procurementNotice, item: "I-CN-018",
            buyer: "焦作市体育运动学校", agency: "河南国鹏工程管理有限公司", method: .consultation,
            sums: ["budget 68665800", "ceiling 68665800"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-03-30 08:30",
                "opening 2026-03-30 08:30",
            ],
            period: 3, lots: ["焦公资采购H2026—018-1 68665800 68665800"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-03-30 08:30 stated",
                "procurement.bid_opening 2026-03-30 08:30 stated",
            ]),
        StatedFacts(
            record: "0041dce2b7657c1b48e8bdc02e2989aa710a", kind: .procurementNotice, item: "I-CN-018",
            buyer: "洛阳市体育局", agency: "洛阳虹源工程管理有限公司", method: .consultation,
            sums: ["budget 143600000", "ceiling 143600000"],
            times: [
                "documentsFrom 2026-03-16", "documentsTo 2026-03-23", "bidDeadline 2026-03-27 09:35",
                "opening 2026-03-27 09:35",
            ],
            period: 3, lots: ["洛直政采磋商(2026)0031号-1 143600000 143600000"],
            events: [
                "procurement.documents_issued 2026-03-16 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-03-27 09:35 stated",
                "procurement.bid_opening 2026-03-27 09:35 stated",
            ]),
        StatedFacts(
            record: "0037834087da4a6a4b16b029e2a57a569896", kind: .procurementNotice, item: "I-CN-018",
            buyer: "山东省体育产业发展服务中心", agency: "山东邦卓招标有限责任公司", method: .openTender,
            times: [
                "documentsFrom 2026-03-17 08:30", "documentsTo 2026-03-23 17:00",
                "bidDeadline 2026-04-07 09:00",
                "opening 2026-04-07 09:00",
            ],
            period: 5, lots: ["A 140000000 140000000"],
            events: [
                "procurement.documents_issued 2026-03-17 08:30 stated",
                "procurement.documents_closed 2026-03-23 17:00 stated",
                "procurement.bid_deadline 2026-04-07 09:00 stated",
                "procurement.bid_opening 2026-04-07 09:00 stated",
            ]),
        // 磋商开始时间 is not an opening, so none is claimed.
        StatedFacts(
            record: "005083a3943c681d403cbdbf62ac69e3f443", kind: .procurementNotice, item: "I-CN-018",
            buyer: "重庆市体育局", agency: "重庆市政府采购中心", method: .consultation,
            sums: ["budget 179998020", "ceiling 179998020"],
            times: ["documentsFrom 2026-03-16", "documentsTo 2026-03-23", "bidDeadline 2026-03-27 10:00"],
            period: 3, lots: ["1 - 179998020"],
            events: [
                "procurement.documents_issued 2026-03-16 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-03-27 10:00 stated",
            ]),
        StatedFacts(
            record: "00370ed14dc121ed45d6a323ec3378609e70", kind: .procurementNotice, item: "I-CN-018",
            buyer: "济南市历下区教育和体育局（本级）", agency: "山东毕博项目管理有限公司", method: .openTender,
            sums: ["budget 2733600000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-04-08 09:00",
                "opening 2026-04-08 09:00",
            ],
            period: 5,
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-04-08 09:00 stated",
                "procurement.bid_opening 2026-04-08 09:00 stated",
            ]),
        // Each candidate offers 1 元, because a rate is bid; it is kept as printed.
        StatedFacts(
            record: "00543a59c02831304ccbbf9e39a9a323a2a2", kind: .candidates, item: "I-CN-034",
            buyer: "那曲市教育局（那曲市体育局）", agency: "西藏瑞博项目管理有限公司",
            times: ["publicityFrom 2026-03-16 18:00", "publicityTo 2026-03-19 18:00"], lots: ["1 - -"],
            awards: ["1 西藏伊万卡建设工程有限责任公司 100", "2 西藏悦隆建筑工程有限公司 100", "3 西藏海云建筑工程有限公司 100"],
            events: [
                "tender.evaluation_reported 2026-03-16 inferred",
                "tender.candidates_published 2026-03-16 18:00 stated",
                "tender.publicity_closed 2026-03-19 18:00 stated",
            ],
            findings: ["candidate-elements.unclear"]),
        StatedFacts(
            record: "00466f679211978d46e3ab2c8f7eb01396c7", kind: .tenderResult, item: "I-CN-035",
            buyer: "三亚市崖州区旅游和文化广电体育局", agency: "海南赛尚招标代理有限公司", sums: ["award 244647504"],
            awards: ["- 安徽芊程建设工程有限公司 244647504"], events: ["tender.result_fixed 2026-03-16 inferred"]),
        StatedFacts(
            record: "0041df77873b42454139bba27ce5727c1d46", kind: .procurementNotice, item: "I-CN-018",
            buyer: "兰考县教育体育局", agency: "河南豪畅工程管理有限公司", method: .openTender,
            sums: ["budget 762069990", "ceiling 762069990"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-04-07", "bidDeadline 2026-04-08 09:30",
                "opening 2026-04-08 09:30",
            ],
            period: 5, lots: ["兰财采字公开招-2026-12-2 279111500 279111500"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-04-07 stated",
                "procurement.bid_deadline 2026-04-08 09:30 stated",
                "procurement.bid_opening 2026-04-08 09:30 stated",
            ]),
        // The field named budget holds the award: its meaning is unclear in a result.
        StatedFacts(
            record: "001157bcbf21654b484a953a960fb0437361", kind: .procurementResult, item: "I-CN-021",
            buyer: "北京市体育局本级行政", agency: "北京博陆恒信工程咨询有限公司", method: .consultation,
            sums: ["unclear 88450000", "award 88450000"], period: 1, lots: ["2 - -"],
            awards: ["- 北京信联云数据技术有限公司 88450000"], events: ["procurement.result_fixed 2026-03-16 inferred"]),
        StatedFacts(
            record: "00500468f0aaf9264ce88e61570d0ba2fd6a", kind: .candidates, item: "I-CN-034",
            buyer: "重庆兴垫农业发展有限公司", agency: "重庆立生实业有限公司", sums: ["ceiling 137775064"],
            times: ["publicityFrom 2026-03-16", "publicityTo 2026-03-18"],
            awards: ["1 重庆聚之旺建筑工程有限公司 69875743", "2 重庆博灵建设有限公司 74903872", "3 重庆方业建筑工程有限公司 77652982"],
            events: [
                "tender.evaluation_reported 2026-03-16 inferred",
                "tender.candidates_published 2026-03-16 stated",
                "tender.publicity_closed 2026-03-18 stated",
            ],
            findings: ["candidate-elements.missing", "tender-publicity-3d.first-day"]),
        StatedFacts(
            record: "00507ed85c2fffb24f8285c004b5b305f426", kind: .candidates, item: "I-CN-034",
            buyer: "重庆兴垫农业发展有限公司", agency: "重庆立生实业有限公司", sums: ["ceiling 470064092"],
            times: ["publicityFrom 2026-03-16", "publicityTo 2026-03-18"],
            awards: ["1 重庆丰渝建筑工程有限公司 307877270", "2 重庆数方科技有限责任公司 364999987", "3 重庆山渝建筑工程有限公司 368248665"],
            events: [
                "tender.evaluation_reported 2026-03-16 inferred",
                "tender.candidates_published 2026-03-16 stated",
                "tender.publicity_closed 2026-03-18 stated",
            ],
            findings: ["candidate-elements.missing", "tender-publicity-3d.first-day"]),
        // The field says 216.0 and no unit; the text says 万元.
        StatedFacts(
            record: "0042edf76eb771d54fc28e09804060c729ae", kind: .procurementNotice, item: "I-CN-018",
            buyer: "湖北省体育彩票管理中心", agency: "湖北省招标股份有限公司", method: .openTender,
            sums: ["budget ?", "budget 216000000", "ceiling 216000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-04-07 09:00",
                "opening 2026-04-07",
            ],
            period: 5, lots: ["2 - -"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-04-07 09:00 stated",
                "procurement.bid_opening 2026-04-07 stated",
            ],
            findings: ["sum-without-unit"]),
        // Only the end of the document period is printed.
        StatedFacts(
            record: "005323a4622101794a33a53180cf6699ba63", kind: .tenderNotice, item: "I-CN-033",
            buyer: "云南巫家坝国贸发展有限公司", agency: "云南帮克工程咨询有限公司", method: .openTender,
            sums: ["estimate 2000000000"],
            times: ["documentsTo 2026-03-23 23:59", "bidDeadline 2026-04-08 09:00"],
            lots: ["GC530100202600193001001 - -"],
            events: [
                "tender.documents_issued 2026-03-16 inferred",
                "tender.documents_closed 2026-03-23 23:59 stated",
                "tender.bid_deadline 2026-04-08 09:00 stated",
            ],
            findings: ["tender-notice-elements.unclear"]),
        StatedFacts(
            record: "00371756002a60714029b721c4cf54e6d6bc", kind: .procurementNotice, item: "I-CN-018",
            buyer: "山东省体育总会秘书处", agency: "山东新傲项目管理有限公司", method: .openTender,
            times: [
                "documentsFrom 2026-03-17 08:00", "documentsTo 2026-03-23 17:00",
                "bidDeadline 2026-04-08 09:00",
                "opening 2026-04-08 09:00",
            ],
            period: 5,
            lots: [
                "A 50000000 50000000", "B 50000000 50000000", "C 35000000 35000000", "D 30000000 30000000",
                "E 20000000 20000000", "F 15000000 15000000", "G 15000000 15000000",
            ],
            events: [
                "procurement.documents_issued 2026-03-17 08:00 stated",
                "procurement.documents_closed 2026-03-23 17:00 stated",
                "procurement.bid_deadline 2026-04-08 09:00 stated",
                "procurement.bid_opening 2026-04-08 09:00 stated",
            ]),
        StatedFacts(
            record: "0051c87cc1337a4a4aeb89e9a4f522c4cc93", kind: .tenderResult, item: "I-CN-035",
            buyer: "四川佳支依达文化传媒有限公司", agency: "四川新弘成迈工程项目管理有限公司",
            sums: ["ceiling 1306609864", "award 1242081290"],
            times: ["opening 2026-03-03 09:00", "fixing 2026-03-13"],
            awards: ["- 四川邦跃腾建设工程有限责任公司 1242081290"],
            events: ["tender.bid_opening 2026-03-03 09:00 stated", "tender.result_fixed 2026-03-13 stated"]),
        StatedFacts(
            record: "00532200e0fcd05a4e45b90592df94eabf1a", kind: .tenderClarification, sums: ["ceiling 0"],
            events: ["tender.clarification_issued 2026-03-16 inferred"]),
        StatedFacts(
            record: "0051a0baa267582948ac97cb7040df3af697", kind: .procurementResult, item: "I-CN-021",
            buyer: "巴中市巴州区文化广播电视体育和旅游局", agency: "四川深启工程项目咨询有限公司", period: 1, lots: ["1 - -"],
            awards: ["- 中国广电四川网络股份有限公司巴州区分公司 44750000"],
            events: ["procurement.result_fixed 2026-03-16 inferred"]),
        StatedFacts(
            record: "006558806d1d9ccd4fa2bd0132407f144c90", kind: .procurementResult, item: "I-CN-021",
            buyer: "新疆维吾尔自治区体育局体育彩票管理中心", agency: "新疆城锐祥项目管理有限公司", period: 1,
            awards: ["- 新疆马拉松及路跑协会 149970000"], events: ["procurement.result_fixed 2026-03-16 inferred"]),
        // The candidates' publicity ended on a Saturday.
        StatedFacts(
            record: "00506268fadc0dce4cc798e802139a36e362", kind: .tenderResult, item: "I-CN-035",
            buyer: "重庆沙坪坝交通实业有限公司", agency: "重庆翀戈工程管理有限公司",
            sums: ["unclear 631052053", "ceiling 631052053", "award 604066558"],
            times: [
                "opening 2026-03-11 09:30", "candidatesPublicityFrom 2026-03-12",
                "candidatesPublicityTo 2026-03-14",
            ],
            awards: ["- 中铁十一局集团第五工程有限公司 604066558"],
            events: [
                "tender.bid_opening 2026-03-11 09:30 stated", "tender.candidates_published 2026-03-12 stated",
                "tender.publicity_closed 2026-03-14 stated", "tender.result_fixed 2026-03-16 inferred",
            ],
            findings: ["tender-publicity-3d.rest-day"]),
        StatedFacts(
            record: "0032e08b1926f94343dda9127562d3fbb59f", kind: .procurementCorrection, buyer: "徐州市体育运动学校",
            agency: "江苏海外集团国际工程咨询有限公司", method: .openTender,
            times: ["correction 2026-03-16", "firstNotice 2026-03-05"],
            lots: ["1 - -", "2 - -", "3 - -", "4 - -", "5 - -"],
            events: ["procurement.clarification_issued 2026-03-16 stated"]),
        // 202 LF 6 LF 年: the year is broken over two lines. A company's own labour contract: no statutory rule.
        StatedFacts(
            record: "005162b61a8998ea4f0785d169441bf2189d", kind: .otherDeal,
            times: ["publicityFrom 2026-03-16", "publicityTo 2026-03-18"],
            awards: ["1 四川广泰建安建设工程有限公司 -", "2 四川云禧建筑工程有限公司 -", "3 四川哲匠建设工程有限公司 -"]),
        StatedFacts(
            record: "0052ab3d0fcc2ad340cf813212f1c2c5f796", kind: .procurementResult, item: "I-CN-021",
            buyer: "仁怀市教育体育局", agency: "贵州启城工程咨询有限公司", method: .consultation, period: 1, lots: ["1 - -"],
            awards: ["- 贵州利恒欣电力工程有限公司 219351200"],
            events: ["procurement.result_fixed 2026-03-16 inferred"]),
        // 废标: there is no winner, and the price of a winner is not asked for.
        StatedFacts(
            record: "003529c3980650a9462aacbb6289dff13de8", kind: .procurementResult, item: "I-CN-021",
            buyer: "南平市建阳区教育局", agency: "福建筑宏建设工程管理有限公司", period: 1, lots: ["1 - -"],
            events: ["procurement.terminated 2026-03-16 inferred"]),
        StatedFacts(
            record: "00514a0e8a071b3f414b942ba0f207ec2ef1", kind: .procurementNotice, item: "I-CN-018",
            buyer: "色达县教育和体育局", agency: "成都优引力项目管理有限公司", method: .openTender,
            sums: ["budget 1800000000", "ceiling 1800000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-23", "bidDeadline 2026-04-07 10:00",
                "opening 2026-04-07 10:00",
            ],
            period: 5, lots: ["1 - -"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-23 stated",
                "procurement.bid_deadline 2026-04-07 10:00 stated",
                "procurement.bid_opening 2026-04-07 10:00 stated",
            ]),
        StatedFacts(
            record: "0021e859f55aafb1458f9bc70d394173df52", kind: .procurementCorrection,
            events: ["procurement.clarification_issued 2026-03-16 inferred"], findings: ["content-elsewhere"]),
        StatedFacts(
            record: "0031584cdb34badb4224976ee86907654a24", kind: .procurementNotice, item: "I-CN-018",
            buyer: "上海市体育彩票管理中心", agency: "远眺（上海）招标服务有限公司", method: .openTender,
            sums: ["budget 180000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-24", "bidDeadline 2026-04-07 11:00",
                "opening 2026-04-07 11:00",
            ],
            period: 5, lots: ["1 - 180000000"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-24 stated",
                "procurement.bid_deadline 2026-04-07 11:00 stated",
                "procurement.bid_opening 2026-04-07 11:00 stated",
            ]),
        StatedFacts(
            record: "0051298f83c3865f421bb0fb82c88ad9d0ba", kind: .candidates, item: "I-CN-034",
            buyer: "泸定县教育和体育局", agency: "成都一问工程技术咨询有限公司", sums: ["ceiling 14535438196"],
            times: ["opening 2026-03-13 09:30", "publicityFrom 2026-03-17", "publicityTo 2026-03-23"],
            awards: [
                "1 中国水利水电第七工程局有限公司 13958435734", "2 贵州建工集团第十一建筑工程有限责任公司 13871023316",
                "3 四川雄洲建设集团有限公司 14173140083",
            ],
            events: [
                "tender.bid_opening 2026-03-13 09:30 stated",
                "tender.evaluation_reported 2026-03-16 inferred",
                "tender.candidates_published 2026-03-17 stated", "tender.publicity_closed 2026-03-23 stated",
            ],
            findings: ["candidate-elements.unclear"]),
        StatedFacts(
            record: "0035300e55fb37a84e248b35843b0afcee04", kind: .tenderResult, item: "I-CN-035",
            buyer: "漳州市石亭工业区开发有限公司", agency: "福建工实工程项目管理有限公司", method: .openTender,
            sums: ["award 1879188600"],
            times: ["opening 2026-03-09 09:30", "publicityFrom 2026-03-16", "publicityTo 2026-03-26"],
            awards: ["- 福建中闽谦合建工有限公司 1879188600"],
            events: ["tender.bid_opening 2026-03-09 09:30 stated", "tender.result_fixed 2026-03-16 inferred"]),
        StatedFacts(
            record: "006255c4cf800be34031b4813d8b4f4b77dd", kind: .tenderResult, item: "I-CN-035",
            buyer: "甘肃农业大学", agency: "甘肃明招项目管理咨询有限公司", lots: ["001 - -"],
            awards: ["- 甘肃国奥建设工程有限公司 933016685"], events: ["tender.result_fixed 2026-03-16 inferred"]),
        // Three methods are printed, one was ticked; the title tells which.
        StatedFacts(
            record: "003451c6e8b58fb74278a3dad75649e1ecad", kind: .procurementNotice, item: "I-CN-018",
            buyer: "庐江县教育体育局", agency: "安徽辰旭项目管理有限公司", method: .consultation,
            sums: ["budget 103000000", "ceiling 103000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-27", "bidDeadline 2026-03-27 09:00",
                "opening 2026-03-27 09:00",
            ],
            period: 3,
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-27 stated",
                "procurement.bid_deadline 2026-03-27 09:00 stated",
                "procurement.bid_opening 2026-03-27 09:00 stated",
            ]),
        StatedFacts(
            record: "0041afb1d12db03a4d85a03503bccc22c165", kind: .procurementNotice, item: "I-CN-018",
            buyer: "巩义市文化广电旅游体育局", agency: "达信建设发展有限公司", method: .inquiry,
            sums: ["budget 50000000", "ceiling 50000000"],
            times: [
                "documentsFrom 2026-03-17", "documentsTo 2026-03-19", "bidDeadline 2026-03-20 09:00",
                "opening 2026-03-20 09:00",
            ],
            period: 3, lots: ["巩财询价采购-2026-3-1 50000000 50000000"],
            events: [
                "procurement.documents_issued 2026-03-17 stated",
                "procurement.documents_closed 2026-03-19 stated",
                "procurement.bid_deadline 2026-03-20 09:00 stated",
                "procurement.bid_opening 2026-03-20 09:00 stated",
            ]),
    ]
}
