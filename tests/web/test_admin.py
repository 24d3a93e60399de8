"""The admins' pages: who gets in, what may be changed, and that each change is noted."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from booking import service as booking
from kernel.clock import real_now
from kernel.ids import ExpertId
from kernel.money import Money
from knowledge import repository
from knowledge.tables import FaqEntryRow
from payments import service as payments
from payments.approvals import MoneyAction
from payments.model import Rail
from people import service as people
from people.model import ExpertDraft, Person, Segments
from people.tables import PersonRow
from storage import admin as access
from storage.admin import AuditRow
from storage.engine import Database
from tests.booking.builders import OFFER, open_for_business
from web.admin import mount_admin
from web.admin.audit import acting_admin, audited_sessions
from web.admin.base import worded

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ADMIN = 77
ADDRESS = "http://hourwise.test"
OURS = {"Origin": ADDRESS}


class Edits(list[tuple[str, str]]):
    """What the product was told about changes."""

    async def __call__(self, table: str, key: str) -> None:
        self.append((table, key))


@pytest.fixture
def edits() -> Edits:
    return Edits()


@pytest.fixture
async def browser(database: Database, edits: Edits) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    mount_admin(
        app,
        database=database,
        clock=lambda: NOW,
        admin_ids=frozenset({ADMIN}),
        session_secret="a" * 32,
        after_edit=edits,
        public_url=ADDRESS,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=ADDRESS, follow_redirects=True
    ) as client:
        yield client


async def a_token(database: Database, telegram_id: int = ADMIN) -> str:
    async with database.write.begin() as db:
        return await access.new_token(
            db, telegram_id, expires_at=real_now() + timedelta(minutes=10)
        )


async def sign_in(browser: httpx.AsyncClient, database: Database) -> None:
    token = await a_token(database)
    page = await browser.post("/admin/enter", data={"token": token}, headers=OURS)
    assert page.status_code == 200


async def a_person(database: Database) -> Person:
    async with database.write.begin() as db:
        return await people.join(
            db, telegram_id=1001, first_name="Mira", username=None, language="en", now=NOW
        )


async def ana_is_open(database: Database) -> None:
    ana = ExpertDraft(ExpertId("ana"), "Ana", {"en": "A coach"}, ("en",), (), "UTC")
    async with database.write.begin() as db:
        await people.save_expert(db, ana, now=NOW)
        await open_for_business(db)


async def audit(database: Database) -> list[AuditRow]:
    async with database.read() as db:
        return list(await db.scalars(select(AuditRow).order_by(AuditRow.id)))


async def test_a_link_lets_an_admin_in_once(browser: httpx.AsyncClient, database: Database) -> None:
    token = await a_token(database)
    shown = await browser.get("/admin/enter", params={"token": token})
    assert token in shown.text
    assert "Send /admin" in (await browser.get("/admin/")).text
    await browser.post("/admin/enter", data={"token": token}, headers=OURS)
    assert "People" in (await browser.get("/admin/")).text
    again = await browser.post("/admin/enter", data={"token": token}, headers=OURS)
    assert again.status_code == 403


async def test_only_admins_get_in(browser: httpx.AsyncClient, database: Database) -> None:
    for token in (await a_token(database, telegram_id=5), "made-up", ""):
        answer = await browser.post("/admin/enter", data={"token": token}, headers=OURS)
        assert answer.status_code == 403
    assert "Mira" not in (await browser.get("/admin/person-row/list")).text


async def test_signing_out_ends_it(browser: httpx.AsyncClient, database: Database) -> None:
    await sign_in(browser, database)
    await browser.get("/admin/logout")
    assert "Send /admin" in (await browser.get("/admin/person-row/list")).text


async def test_a_change_is_noted_with_its_author(
    browser: httpx.AsyncClient, database: Database, edits: Edits
) -> None:
    person = await a_person(database)
    await sign_in(browser, database)
    form = {"language": "zh", "time_zone": "Asia/Shanghai", "marketing": "y", "profiling": "y"}
    page = await browser.post(f"/admin/person-row/edit/{person.id}", data=form, headers=OURS)
    assert page.status_code == 200
    async with database.read() as db:
        assert (await people.get(db, person.id)).language == "zh"
    (noted,) = await audit(database)
    assert (noted.telegram_id, noted.action, noted.at) == (ADMIN, "changed", NOW)
    assert noted.about == f"persons:{person.id}"
    assert noted.changes == {"language": ["en", "zh"], "time_zone": [None, "Asia/Shanghai"]}
    assert edits == [("persons", person.id)]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.test"}])
async def test_a_form_of_another_page_is_refused(
    browser: httpx.AsyncClient, database: Database, headers: dict[str, str]
) -> None:
    person = await a_person(database)
    await sign_in(browser, database)
    form = {"language": "zh"}
    page = await browser.post(f"/admin/person-row/edit/{person.id}", data=form, headers=headers)
    assert page.status_code == 403
    assert await audit(database) == []


async def test_a_wrong_time_zone_is_refused_in_words(
    browser: httpx.AsyncClient, database: Database
) -> None:
    person = await a_person(database)
    await sign_in(browser, database)
    form = {"language": "en", "time_zone": "Mars/Olympus"}
    page = await browser.post(f"/admin/person-row/edit/{person.id}", data=form, headers=OURS)
    assert page.status_code == 400
    assert "don’t know that time zone" in page.text
    assert await audit(database) == []


async def test_an_faq_entry_is_added_changed_and_deleted(
    browser: httpx.AsyncClient, database: Database, edits: Edits
) -> None:
    await sign_in(browser, database)
    form = {
        "question": "可以取消吗？",
        "answer": "可以。",
        "language": "zh",
        "variants": "能取消吗",
    }
    await browser.post("/admin/faq-entry-row/create", data=form, headers=OURS)
    async with database.read() as db:
        entry = await db.scalar(select(FaqEntryRow))
    assert entry is not None
    assert (entry.answer, entry.variants) == ("可以。", ["能取消吗"])
    url = f"/admin/faq-entry-row/edit/{entry.id}"
    await browser.post(url, data=form | {"answer": "当然可以。"}, headers=OURS)
    await browser.delete(f"/admin/faq-entry-row/delete?pks={entry.id}", headers=OURS)
    noted = await audit(database)
    assert [each.action for each in noted] == ["added", "changed", "deleted"]
    assert noted[1].changes == {"answer": ["可以。", "当然可以。"]}
    assert noted[2].changes["answer"] == ["当然可以。", None]
    assert edits == [("faq_entries", entry.id)] * 3


@pytest.mark.parametrize("wrong", [{"answer": "  "}, {"answer": "x" * 5000}, {"question": " "}])
async def test_an_faq_entry_that_cannot_answer_is_refused(
    browser: httpx.AsyncClient, database: Database, wrong: dict[str, str]
) -> None:
    await sign_in(browser, database)
    form = {"question": "Can I cancel?", "answer": "Yes.", "language": "en", "variants": ""}
    page = await browser.post("/admin/faq-entry-row/create", data=form | wrong, headers=OURS)
    assert page.status_code == 400
    async with database.read() as db:
        assert await repository.entries(db) == []


async def test_a_rule_is_written_and_one_that_cannot_match_is_refused(
    browser: httpx.AsyncClient, database: Database, edits: Edits
) -> None:
    await sign_in(browser, database)
    form = {"position": "1", "enabled": "y", "keywords": "parking\ncar park", "answer": "Online!"}
    await browser.post("/admin/rule-row/create", data=form, headers=OURS)
    async with database.read() as db:
        (rule,) = await repository.rules(db)
    assert (rule.keywords, rule.answer, rule.pattern) == (("parking", "car park"), "Online!", None)
    assert edits == [("knowledge_rules", rule.id)]
    broken = {"position": "2", "enabled": "y", "pattern": "(", "answer": "Never."}
    page = await browser.post("/admin/rule-row/create", data=broken, headers=OURS)
    assert page.status_code == 400
    async with database.read() as db:
        assert await repository.rules(db) == [rule]


OFFER_FORM = {
    "expert_id": "ana", "title": "en: Career talk\nzh: 职业咨询", "minutes": "50",
    "price_minor": "9000", "price_currency": "USD", "rail": "card", "buffer_before": "0",
    "buffer_after": "0", "notice_minutes": "60", "step_minutes": "30", "window_days": "30",
    "reminders": "1440\n60\n15", "active": "y", "delivery": "video",
}  # fmt: skip


async def test_an_offer_that_cannot_work_is_refused(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await ana_is_open(database)
    await sign_in(browser, database)
    shown = await browser.get(f"/admin/offer-row/edit/{OFFER}")
    assert "zh: 职业咨询" in shown.text
    page = await browser.post(f"/admin/offer-row/edit/{OFFER}", data=OFFER_FORM, headers=OURS)
    assert page.status_code == 200
    (noted,) = await audit(database)
    assert noted.changes == {"minutes": [60, 50]}
    for wrong in ({"minutes": "52"}, {"price_currency": "XTR"}, {"delivery": "pigeon"}):
        page = await browser.post(
            f"/admin/offer-row/edit/{OFFER}", data=OFFER_FORM | wrong, headers=OURS
        )
        assert page.status_code == 400


async def test_an_offer_is_added_with_a_package_answers_and_a_subscription(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await ana_is_open(database)
    await sign_in(browser, database)
    page = await browser.post("/admin/offer-row/create", data=OFFER_FORM, headers=OURS)
    assert page.status_code == 200
    async with database.read() as db:
        [offer] = [one for one in await booking.offers(db, ExpertId("ana")) if one.minutes == 50]
    assert (offer.price, offer.seats, offer.once) == (Money(90_00, "USD"), 1, False)
    for view, form in {
        "package": {"offer_id": offer.id, "sessions": "4", "each_minor": "8000",
                    "currency": "USD", "valid_days": "90", "active": "y"},
        "written-offer": {"expert_id": "ana", "price_minor": "250", "price_currency": "XTR",
                          "rail": "stars", "hours": "48", "active": "y"},
        "plan": {"expert_id": "ana", "questions": "4", "each_minor": "200", "currency": "XTR",
                 "active": "y"},
    }.items():  # fmt: skip
        page = await browser.post(f"/admin/{view}-row/create", data=form, headers=OURS)
        assert page.status_code == 200, view


@pytest.mark.parametrize(
    "view",
    ["session-row", "payment-row", "refund-row", "ledger-transaction-row", "ledger-entry-row",
     "outbox-row", "audit-row"],
)  # fmt: skip
async def test_money_sessions_and_logs_are_read_only(
    browser: httpx.AsyncClient, database: Database, view: str
) -> None:
    await sign_in(browser, database)
    assert (await browser.get(f"/admin/{view}/list")).status_code == 200
    for way in ("create", "edit/x"):
        answer = await browser.post(f"/admin/{view}/{way}", data={}, headers=OURS)
        assert answer.status_code == 403
    refused = await browser.delete(f"/admin/{view}/delete?pks=x", headers=OURS)
    assert refused.status_code == 403


async def test_an_expert_is_added_and_changed(
    browser: httpx.AsyncClient, database: Database, edits: Edits
) -> None:
    await sign_in(browser, database)
    form = {
        "name": "林书宇", "telegram_id": "", "bio": "zh: 教练\n第二行\nen: A coach: calm",
        "languages": "zh\n en \n", "topics": "", "time_zone": "Asia/Shanghai", "verified": "y",
        "taking_clients": "y", "delivery": "relay", "credentials": "", "response_minutes": "",
    }  # fmt: skip
    chinese = OURS | {"Accept-Language": "zh-CN"}
    page = await browser.post(
        "/admin/expert-row/create", data=form | {"save": "保存"}, headers=chinese
    )
    assert str(page.url).endswith("/admin/expert-row/list")
    async with database.read() as db:
        (expert,) = await people.experts(db)
    assert expert.bio == {"zh": "教练\n第二行", "en": "A coach: calm"}
    assert (expert.languages, expert.topics, expert.credentials) == (("zh", "en"), (), ())
    page = await browser.post(
        f"/admin/expert-row/edit/{expert.id}",
        data=form | {"name": "Shu", "save": "保存并继续编辑"},
        headers=chinese,
    )
    assert str(page.url).endswith(f"/edit/{expert.id}")
    assert edits == [("experts", expert.id)] * 2
    for wrong in ({"bio": "no language"}, {"delivery": "pigeon"}, {"time_zone": "Mars"}):
        page = await browser.post(
            f"/admin/expert-row/edit/{expert.id}", data=form | wrong, headers=OURS
        )
        assert page.status_code == 400


EXPERT_FORM = {
    "name": "Ana", "telegram_id": "", "bio": "en: A coach", "languages": "en", "topics": "skills",
    "time_zone": "Asia/Shanghai", "verified": "y", "taking_clients": "y", "delivery": "relay",
    "credentials": "", "response_minutes": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "english", "chinese"),
    [
        ({"topics": "skills\ncarer"}, "no topic “carer”. There are: ", "没有“carer”这个话题"),
        ({"name": "x" * 81}, "at most 80 characters", "最多 80 个字"),
        ({"languages": "english"}, "don’t know the language “english”", "不认识语言“english”"),
        ({"languages": ""}, "at least one language", "至少写一种语言"),
        ({"bio": "no language"}, "begin with en: or zh:", "以 en: 或 zh: 开头"),
        ({"name": ""}, "This field is required", "该字段是必填字段"),
    ],
)
async def test_what_an_expert_cannot_be_is_refused_in_the_readers_words(
    browser: httpx.AsyncClient, database: Database, wrong: dict[str, str], english: str,
    chinese: str,
) -> None:  # fmt: skip
    await sign_in(browser, database)
    for headers, said in ((OURS, english), (OURS | {"Accept-Language": "zh-CN"}, chinese)):
        page = await browser.post(
            "/admin/expert-row/create", data=EXPERT_FORM | wrong, headers=headers
        )
        assert page.status_code == 400
        assert said in page.text
    async with database.read() as db:
        assert list(await people.experts(db)) == []


async def test_what_is_there_twice_is_refused_in_words(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    twice = EXPERT_FORM | {"telegram_id": "5"}
    await browser.post("/admin/expert-row/create", data=twice, headers=OURS)
    page = await browser.post("/admin/expert-row/create", data=twice, headers=OURS)
    assert page.status_code == 400
    assert "the same is there already" in page.text
    assert "IntegrityError" not in page.text


@pytest.mark.parametrize(
    ("view", "wrong", "said"),
    [
        ("offer", {"expert_id": "nobody"}, "no expert with the id “nobody”"),
        ("offer", {"price_currency": "UDS"}, "no currency “UDS”"),
        ("offer", {"reminders": "soon"}, "“soon” is no whole number"),
        ("offer", {"rail": "paypal"}, "Not a valid choice"),
        ("partner", {"share": "2500"}, "from 0 to 1000"),
        ("promo-code", {"per_mille": "1001"}, "from 0 to 1000"),
        ("promo-code", {"code": "--"}, "letters or digits"),
    ],
)
async def test_what_cannot_be_sold_or_given_is_refused_in_words(
    browser: httpx.AsyncClient, database: Database, view: str, wrong: dict[str, str], said: str
) -> None:
    await ana_is_open(database)
    await sign_in(browser, database)
    form = {
        "offer": OFFER_FORM, "partner": {"code": "cafe", "name": "Café", "share": "250"},
        "promo-code": {"code": "spring", "per_mille": "100", "minor": "0", "per_person": "1"},
    }[view]  # fmt: skip
    page = await browser.post(f"/admin/{view}-row/create", data=form | wrong, headers=OURS)
    assert page.status_code == 400
    assert said in page.text


async def test_tags_are_set_on_a_persons_page(
    browser: httpx.AsyncClient, database: Database
) -> None:
    person = await a_person(database)
    await sign_in(browser, database)
    page = f"/admin/person-row/edit/{person.id}"
    form = {"language": "en", "time_zone": "", "country": ""}
    await browser.post(page, data=form | {"tags": "VIP\npress\nvip"}, headers=OURS)
    async with database.read() as db:
        assert (await people.get(db, person.id)).tags == ("press", "vip")
        assert await people.audience_size(db, Segments.parse("tag:vip"), now=NOW) == 0
    refused = await browser.post(page, data=form | {"tags": "a+b"}, headers=OURS)
    assert refused.status_code == 400


async def test_what_is_encrypted_is_not_in_the_log(
    browser: httpx.AsyncClient, database: Database
) -> None:
    person = await a_person(database)
    acting_admin.set(ADMIN)
    async with audited_sessions(database.engines[0], lambda: NOW)() as db:
        row = await db.get_one(PersonRow, person.id)
        row.first_name = "Lena"
        await db.commit()
    (noted,) = await audit(database)
    assert noted.changes == {"first_name": ["•••", "•••"]}


async def test_the_log_shows_what_admins_decided_about_money(
    browser: httpx.AsyncClient, database: Database
) -> None:
    decided = MoneyAction("credit", "mia", Money(25_00, "USD"), "very sorry")
    noted = [decided.to_json(), {"reason": None}, {"titles": {"en": "Tea"}}, {}]
    async with database.write.begin() as db:
        for number, changes in enumerate(noted):
            await access.audit(db, ADMIN, "money", about=str(number), changes=changes, at=NOW)
    await sign_in(browser, database)
    page = await browser.get("/admin/audit-row/list")
    assert page.status_code == 200
    assert "very sorry" in page.text
    (row, *_) = await audit(database)
    assert "very sorry" in (await browser.get(f"/admin/audit-row/details/{row.id}")).text


async def test_the_pages_speak_the_readers_language(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    page = await browser.get("/admin/faq-entry-row/list", headers={"Accept-Language": "zh-CN"})
    assert "常见问题" in page.text
    assert "新建常见问题" in page.text


async def test_a_new_offer_and_expert_begin_with_what_is_usual(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    offer = (await browser.get("/admin/offer-row/create")).text
    usual = {"buffer_before": 0, "notice_minutes": 60, "step_minutes": 30, "window_days": 30}
    for name, value in usual.items():
        assert re.search(rf'name="{name}"[^>]*value="{value}"', offer), name
    assert "1440\n60\n15" in offer
    assert re.search(r'<input checked[^>]*name="active"', offer)
    expert = (await browser.get("/admin/expert-row/create")).text
    assert re.search(r'<input checked[^>]*name="taking_clients"', expert)
    assert "begins with its language" in expert


async def test_the_search_says_in_the_readers_words_what_it_looks_in(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    page = await browser.get("/admin/audit-row/list", headers={"Accept-Language": "zh-CN"})
    assert "对象, Telegram ID, 操作" in page.text


async def test_states_and_ways_are_shown_in_the_readers_words(
    browser: httpx.AsyncClient, database: Database
) -> None:
    person = await a_person(database)
    async with database.write.begin() as db:
        await payments.open_payment(
            db, subject="s", payer=person.id, amount=Money(9_00, "USD"), rail=Rail.CARD, now=NOW
        )
    await sign_in(browser, database)
    chinese = await browser.get("/admin/payment-row/list", headers={"Accept-Language": "zh"})
    assert all(one in chinese.text for one in ("未付款 · new", "银行卡 · card", "咨询 · session"))
    english = await browser.get("/admin/payment-row/list")
    assert "not paid yet" in english.text
    # what no text is there for is shown as it is
    assert worded("state", lambda one: f"no-such-{one}")(SimpleNamespace(state="x"), "") == "x"


async def test_a_promo_code_is_added_as_people_type_it(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    form = {"code": "spring-26", "per_mille": "100", "minor": "0", "per_person": "1", "units": "5"}
    await browser.post("/admin/promo-code-row/create", data=form, headers=OURS)
    await browser.post(
        "/admin/promo-code-row/create", data=form | {"code": "x", "per_mille": "1001"}, headers=OURS
    )
    async with database.read() as db:
        found = await payments.promo_codes(db)
    assert [(one.code, one.per_mille, one.units, one.used) for one in found] == [
        ("SPRING26", 100, 5, 0)
    ]


async def test_a_partner_is_added_with_a_share(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await sign_in(browser, database)
    form = {"code": "cafe", "name": "Café", "share": "250", "active": "y"}
    await browser.post("/admin/partner-row/create", data=form, headers=OURS)
    async with database.read() as db:
        assert (await payments.partner(db, "CAFE")) is not None


async def test_the_first_page_counts_what_there_is(
    browser: httpx.AsyncClient, database: Database
) -> None:
    await a_person(database)
    await sign_in(browser, database)
    page = (await browser.get("/admin/")).text
    card = page[page.index("/admin/person-row/list", page.index("col-lg-3")) :]
    assert re.search(r"h2[^>]*>(\d+)<", card)[1] == "1"  # type: ignore[index]
