"""Makes a file of notices in the national platform's form.

With real notices at hand (a JSON Lines file) they are repeated under new record ids and project codes; without them,
invented ones of about the same length are made.
"""
import json
import re
import sys


def invented(number):
    paragraph = (
        "示例采购项目的潜在供应商应在示例平台获取采购文件，并于二〇二六年四月十五日九时三十分前递交响应文件。"
        "本项目分为三个包，预算金额共计人民币一百二十万元，最高限价同预算金额。采购需求包括办公设备、运行维护和培训服务。"
    )
    return {
        "record_id": f"sample{number:08d}", "title": f"示例市第{number}号办公设备采购项目竞争性磋商公告",
        "publish_date": "2026-03-16 10:00", "region": "示例省", "issuer": "示例市示例局", "agency": "示例招标代理有限公司",
        "budget": "1,200,000.00元", "project_code": f"SAMPLE2026{number:06d}", "source_platform": "示例平台",
        "business_type": "政府采购", "info_type": "采购/资审公告", "structured_fields": {}, "attachments": [],
        "original_link": "", "detail_url": f"https://example.invalid/{number}", "b_page_url": "",
        "content_text": "一、项目基本情况\n项目编号：SAMPLE2026%06d\n预算金额：1200000.00元\n" % number + (paragraph + "\n") * 30,
    }


def rows(count, real):
    notices = []
    if real:
        with open(real, encoding="utf-8") as file:
            notices = [json.loads(line) for line in file if line.strip()]
    for number in range(count):
        if not notices:
            yield invented(number)
            continue
        notice = dict(notices[number % len(notices)])
        turn = number // len(notices)
        notice["record_id"] = f"{notice['record_id']}-{turn}"
        if turn:
            own_projects(notice, turn)
        yield notice


# A number as notices print it, after the word that names it.
NUMBER = re.compile(r"((?:编号|代码|文号|备案号|招标项目号)[^:：\n]{0,8}[:：]\s*)([^\s，。；、,;<]{4,60})")


def own_projects(notice, turn):
    """Each turn has projects and titles of its own, as real notices do.

    A project's number may stand in a field or in the text. A title that hundreds bear would link all of them as probable
    twins, which no real file does.
    """
    notice["title"] = f"{notice['title']}（第{turn}批）"
    code = notice.get("project_code")
    text = notice["content_text"]
    if code:
        notice["project_code"] = f"{code}T{turn}"
        text = text.replace(code, f"{code}T{turn}")
    notice["content_text"] = NUMBER.sub(
        lambda found: found[0] if found[2].endswith(f"T{turn}") else f"{found[0]}T{turn}", text)


def write(path, count, real=None):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows(count, real):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
