"""The library: bought in Stars and read, a course with its progress, an expert's item on its way
through the admins' look, and what is withdrawn but theirs."""

import aiohttp
import pytest

from hourwise.player import Player
from tests.journeys.booking_people import HE, an_expert
from tests.journeys.conftest import Demo, NewPerson

WORDS = {
    "en": {
        "home": "Choose a field", "career": "Career (", "education": "Education (",
        "resume": "A resume that is read", "health": "Health", "worry": "quarter of an hour",
        "pay": "Pay ", "price": "cannot be given back", "yours": "is yours",
        "content": "Last, read it aloud", "owned": "You have this already",
        "essay": "An exam essay", "free": "Get it for free", "open": "Open the lessons",
        "first": "Lesson 1 of 3", "second": "Lesson 2 of 3", "next": "Next ›", "mine": "What I have",
        "have": "stay", "expert": "My calendar as an expert", "items": "My items in the library",
        "article": "An article", "topic": "Which topic", "title": "Write the title",
        "text": "Write the text", "done": "That is all", "cost": "What does it cost",
        "bad_price": "That is no price", "rights": "Which rights", "own": "my own work",
        "draft": "draft", "submit": "Submit it", "review": "in review", "change": "needs a change",
        "mine_again": "Open my item", "rewrite": "✏️ Text", "listed": "is listed in the library",
        "withdraw": "Withdraw it", "withdrawn": "withdrawn", "gone": "no longer listed",
        "again": "Send it to me again", "menu": "what can I do", "for_you": "For you",
        "code": "🏷", "code_ask": "Write your code", "no_code": "I do not know this code", "back": "Back",
        "credit": "Use my credit", "reserve": "How large a reserve", "reserve_content": "can take risks", "one": "One message so far", "two": "2 messages so far", "near": "near “An exam essay", "disclaimer": "doctor", "investment": "Investment (",
    },
    "zh": {
        "home": "请选择领域", "career": "职业发展（", "education": "教育（",
        "resume": "让人读到最后", "health": "健康", "worry": "一刻钟", "pay": "支付 ",
        "price": "不能退货", "yours": "已归您所有", "content": "大声读一遍", "owned": "您已拥有",
        "essay": "三步写好", "free": "免费获取", "open": "打开课程", "first": "第 1 课",
        "second": "第 2 课", "next": "下一课", "mine": "我拥有的内容", "have": "一直归您",
        "expert": "我的专家日程", "items": "我在资料库的内容", "article": "➕ 文章", "topic": "哪个主题",
        "title": "写标题", "text": "写正文", "done": "全部写完", "cost": "定价多少",
        "bad_price": "这不是价格", "rights": "什么权利", "own": "原创", "draft": "草稿",
        "submit": "提交审核", "review": "审核中", "change": "需要修改", "mine_again": "打开我的内容",
        "rewrite": "✏️ 正文", "listed": "上架", "withdraw": "⏹ 下架", "withdrawn": "已下架",
        "gone": "但您仍可阅读", "again": "再发给我", "menu": "我能帮您做什么", "for_you": "为您推荐",
        "code": "🏷", "code_ask": "请输入优惠码", "no_code": "没有这个码", "back": "返回",
        "credit": "使用余额", "reserve": "多少备用金", "reserve_content": "才可以承担风险", "one": "已收到 1 条", "two": "已收到 2 条", "near": "与您拥有的“三步写好", "disclaimer": "医生", "investment": "投资",
    },
}  # fmt: skip

both = pytest.mark.parametrize("language", ["en", "zh"])


async def to_item(reader: Player, language: str, field: str, title: str) -> str:
    """From the command to an item's page."""
    words = WORDS[language]
    await reader.says("/library")
    await reader.sees(words["home"])
    await reader.taps(words[field].rstrip("（("))
    await reader.sees("📚")
    await reader.taps(title)
    return await reader.sees("©")


@both
async def test_an_article_is_bought_in_stars_and_comes_at_once(member: NewPerson, language: str):
    words = WORDS[language]
    mia = await member("Mia", language)
    page = await to_item(mia, language, "career", words["resume"])
    assert "Daniel Brooks" in page
    assert words["price"] in page
    assert words["content"] not in page
    await mia.taps(words["pay"])
    await mia.taps(words["pay"])
    await mia.pays()
    await mia.sees(words["yours"])
    await mia.sees(words["content"])
    await mia.taps(words["pay"])
    await mia.sees_popup(words["owned"])


@both
async def test_a_course_goes_on_where_its_reader_was(member: NewPerson, language: str):
    words = WORDS[language]
    mia = await member("Mia", language)
    await to_item(mia, language, "education", words["essay"])
    await mia.taps(words["free"])
    await mia.sees(words["yours"])
    await mia.says("/library")
    await mia.sees(words["home"])
    await mia.taps(words["mine"])
    await mia.sees(words["have"])
    await mia.taps(words["essay"])
    await mia.sees("©")
    await mia.taps(words["open"])
    await mia.sees(words["first"])
    await mia.taps(words["next"])
    await mia.sees(words["second"])
    home = await library_home(mia, language)
    assert words["near"] in home
    await mia.taps(words["mine"])
    await mia.sees(words["have"])
    await mia.taps(words["essay"])
    await mia.sees("©")
    await mia.taps(words["open"])
    await mia.sees(words["second"])


@both
async def test_an_article_is_paid_by_credit_and_a_code_that_is_none_is_said_to_be(
    member: NewPerson, admin: Player, language: str
):
    words = WORDS[language]
    mia = await member("Mia", language)
    await admin.says("/admin")
    await admin.sees("Admin")
    await admin.taps("Money")
    await admin.sees("Write a client's Telegram id")
    await admin.says(str(mia.id))
    await admin.taps("Give credit")
    await admin.sees("How much credit?")
    await admin.says("25 USD")
    await admin.sees("Why?")
    await admin.says("sorry for the wait")
    await admin.taps("Yes, do it")
    await admin.sees("noted in the audit log")
    await to_item(mia, language, "investment", words["reserve"])
    await mia.taps(words["code"])
    await mia.sees(words["code_ask"])
    await mia.says("NOSUCHCODE")
    await mia.sees(words["no_code"])
    await mia.taps(words["back"])
    await mia.sees("©")
    await mia.taps(words["credit"])
    await mia.sees(words["yours"])
    await mia.sees(words["reserve_content"])


async def library_home(reader: Player, language: str) -> str:
    """The library's first window."""
    await reader.says("/library")
    return await reader.sees(WORDS[language]["home"])


@both
async def test_health_is_found_by_its_topic_with_its_disclaimer_and_never_suggested(
    member: NewPerson, language: str
):
    words = WORDS[language]
    mia = await member("Mia", language)
    page = await to_item(mia, language, "health", words["worry"])
    assert "<i>" not in page
    await mia.taps(words["free"])
    await mia.sees(words["yours"])
    assert words["worry"] not in await library_home(mia, language)


@both
async def test_an_experts_item_is_given_back_changed_listed_sold_and_withdrawn(
    member: NewPerson, admin: Player, demo: Demo, http: aiohttp.ClientSession, language: str
):
    words = WORDS[language]
    title = {"en": "What a fund costs you", "zh": "基金的真实成本"}[language]
    expert = await an_expert(http, demo, HE[1], language)
    await expert.taps(words["expert"])
    await expert.taps(words["items"])
    await expert.taps(words["article"])
    await expert.sees(words["topic"])
    await expert.taps(expert.button_labels()[0])
    await expert.sees(words["title"])
    await expert.says(title)
    await expert.sees(words["text"])
    await expert.says("A first part.")
    await expert.sees(words["one"])
    await expert.says("A second part.")
    await expert.sees(words["two"])
    await expert.taps(words["done"])
    await expert.sees(words["cost"])
    await expert.says("cheap")
    await expert.sees(words["bad_price"])
    await expert.says("80")
    await expert.sees(words["rights"])
    await expert.taps(words["own"])
    await expert.sees(words["draft"])
    await expert.taps(words["submit"])
    await expert.sees(words["review"])

    await admin.sees("wants to list")
    await admin.taps("Look at it")
    await admin.sees(title)
    await admin.taps("Send me all of it")
    await admin.sees("A second part.")
    await admin.taps("Give it back")
    await admin.sees("What is to be changed")
    await admin.says("Please name a source.")
    assert "Please name a source." in await expert.sees(words["change"])
    await expert.taps(words["mine_again"])
    await expert.sees(words["draft"])
    await expert.taps(words["rewrite"])
    await expert.sees(words["text"])
    await expert.says("Anew, with its source.")
    await expert.sees(words["one"])
    await expert.taps(words["done"])
    await expert.sees(words["draft"])
    admin.acted()
    await expert.taps(words["submit"])
    await admin.sees("wants to list")
    await admin.taps("Look at it")
    await admin.sees(title)
    await admin.taps("✅ List it")
    await expert.sees(words["listed"])
    await admin.sees("listed")
    await admin.taps("Take it off the shelf")
    await admin.sees("Why is it taken off?")
    await admin.taps("Back")
    await admin.sees("listed")

    mia = await member("Mia", language)
    await to_item(mia, language, "investment", title)
    await mia.taps(words["pay"])
    await mia.pays()
    await mia.sees("Anew, with its source.")
    await expert.says("/menu")
    await expert.sees(words["menu"])
    await expert.taps(words["expert"])
    await expert.taps(words["items"])
    await expert.taps(title)
    await expert.sees("· 80 ⭐ ·")
    await expert.taps(words["withdraw"])
    await expert.sees(words["withdrawn"])
    await library_home(mia, language)
    await mia.taps(words["mine"])
    await mia.sees(words["have"])
    await mia.taps(title)
    await mia.sees(words["gone"])
    await mia.taps(words["again"])
    await mia.sees("Anew, with its source.")


@pytest.mark.parametrize("kind", ["audio", "video"])
async def test_a_recording_of_the_operators_own_comes_as_one(
    member: NewPerson, admin: Player, kind: str
):
    title = f"A walk to listen to, {kind}"
    await admin.says("/admin")
    await admin.sees("🛠")
    await admin.taps("📚 Library")
    await admin.sees("📚")
    await admin.taps("The operator's own items")
    await admin.sees("Readers find them")
    await admin.taps("A file")
    await admin.sees("Which topic")
    await admin.taps(admin.button_labels()[0])
    await admin.sees("Write the title")
    await admin.says(title)
    await admin.sees("Send the file")
    await admin.sends(**{kind: True})
    await admin.sees("Write the text")
    await admin.says("Ten quiet minutes.")
    await admin.sees("What does it cost")
    await admin.taps("It is free")
    await admin.sees("Which rights")
    await admin.taps("my own work")
    await admin.sees("draft")
    await admin.taps("List it")
    await admin.sees("listed")

    mia = await member("Mia", "en")
    await to_item(mia, "en", "education", title)
    await mia.taps("Get it for free")
    await mia.gets_file(f"{kind}.mp")
    (got,) = [one for one in mia.chat.shown() if kind in one]
    assert "Ten quiet minutes." in got["caption"]


@pytest.mark.parametrize(
    ("language", "asks", "told"),
    [("en", "do you have an article about burnout?", "This is in the library"),
     ("zh", "有没有关于焦虑的文章", "资料库里有这些")],
)  # fmt: skip
async def test_what_somebody_wants_to_read_about_is_offered_from_the_library(
    member: NewPerson, language: str, asks: str, told: str
):
    mia = await member("Mia", language)
    await mia.says(asks)
    await mia.sees(told)
    await mia.taps(WORDS[language]["worry"])
    await mia.sees("©")
