"""Spellings of one name against names that only look alike. All pairs are public knowledge."""

import pytest

from benchmarks.names import pairs
from dateline.extractors.leaders.identity import parts, same_part, same_person

ONE_NAME = """
Hakimullah Hakeemullah | Zawahiri Dhawahiri | Zawahiri Zawahri | Qaddafi Gaddafi | Qaddafi Gadhafi | Gaddafi Kadhafi
Muhammad Mohammed | Mohammad Mohamed | Muhammad Muhammed | Sheikh Shaikh | Shaikh Shaykh | Hussein Husain
Hussain Hossein | Hussein Hussain | Usman Othman | Osman Uthman | Osama Usama | Yusuf Youssef | Yousuf Yusef
Abdullah Abdallah
Nasrallah Nasrullah | Khalid Khaled | Saeed Said | Saeed Saïd | Jalaluddin Jalalludin | Jalaluddin Jalaloddin
Sirajuddin Serajuddin | Haqqani Haqani | Rehman Rahman | Tariq Tareq | Tareq Tarek | Erdogan Erdoğan | Karzai Karzay
Mehsud Mahsud | Baitullah Beitullah | Nazir Nazeer | Fazlullah Fazalullah | Akhundzada Akhunzada | Mansoor Mansour
Mansur Mansour | Ghani Gani | Assad Asad | Bashir Basheer | Rashid Rasheed | Hamid Hameed | Latif Lateef | Walid Waleed
Saddam Sadam | Nouri Nuri | Zarqawi Zarkawi | Baghdadi Bagdadi | Gulbuddin Gulbadin | Hekmatyar Hikmatyar
Atiyah Atiya | Hamza Hamzah
Mullah Mulla | Sharif Shareef | Zelensky Zelenskyy | Sergei Sergey | Milošević Milosevic | Barzani Barzanî
Mahmud Mahmoud | Faisal Faysal | Suleiman Sulaiman | Suleiman Soleiman | Aidarus Aydarus | Wuhayshi Wuhaishi
Awlaki Aulaqi | Nasir Naser | Qasim Kassem | Qasim Qassem | Salah Saleh | Bajwa Bajva | Musharraf Musharaf | Thani Sani
Ayman Aiman | Omar Umar | Ibrahim Ebrahim | Haidar Haydar
"""

TWO_NAMES = """
Hassan Hussein | Hamid Hamad | Hamid Ahmed | Jamal Jamil | Rashid Rashad | Karim Karam | Omar Amir | Imran Omran
Salim Salam | Nasir Nasr | Amin Iman | Aman Amin | Ali Ala | Majid Majd | Farid Farouk | Tahir Tariq | Zahir Zahra
Nadir Nazir | Bakar Bakir | Yunus Yasin | Anas Anis | Salman Suleiman | Habib Hubaib | Kamal Kamil | Kabir Akbar
Munir Amir | Basir Bashir | Hasan Ihsan | Bush Bash | Marin Moran | Hansen Hanson | Latif Altaf | Najib Najaf
Qadir Qadri | Wali Ali | Sajid Saad | Doyle Dole | Zawahiri Zarqawi | Mehsud Masood | Baitullah Fazlullah
"""

# Spellings further apart than any rule may go.
UNREACHED = {
    ("Nasir al-Wuhayshi", "Nasser al-Wahishi"),
    ("Abd-Rabbu Mansour Hadi", "Abdrabbuh Mansur Hadi"),
}


def _pairs(table: str) -> list[tuple[str, str]]:
    pairs = [pair.split() for line in table.strip().splitlines() for pair in line.split("|")]
    return [(first, second) for first, second in pairs]


@pytest.mark.parametrize(("first", "second"), _pairs(ONE_NAME))
def test_spellings_of_one_name(first: str, second: str) -> None:
    assert same_part(first, second)
    assert same_part(second, first)


@pytest.mark.parametrize(("first", "second"), _pairs(TWO_NAMES))
def test_names_that_stay_apart(first: str, second: str) -> None:
    assert not same_part(first, second)
    assert not same_part(second, first)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Hakimullah Mehsud", "Hakeemullah Mehsud", True),
        ("Hakimullah Mehsud", "Mehsud", True),
        ("Hakimullah Mehsud", "Hakeemullah", True),
        ("Waliur Rehman Mehsud", "Hakimullah Mehsud", False),
        ("Qamar Javed Bajwa", "Qamar Bajwa", True),
        ("John Smith", "J. Smith", True),
        ("Mullah Omar", "Omar", True),
        ("Abu Bakar", "Bakar", True),
        ("Abu Bakar", "Abu Omar", False),
        ("Ayman al-Zawahiri", "Ayman Zawahiri", True),
        ("Margaret Chan", "Chen", False),  # short names sound alike too often
        ("Anna Wood", "Ellen Wood", False),
    ],
)
def test_short_and_long_forms(first: str, second: str, same: bool) -> None:
    assert same_person(first, second) is same
    assert same_person(second, first) is same


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [pytest.param(*pair, marks=pytest.mark.xfail(strict=True) if pair[:2] in UNREACHED else ()) for pair in pairs()],
)
def test_full_names(first: str, second: str, one: bool) -> None:
    assert same_person(first, second) is one
    assert same_person(second, first) is one


def test_parts_leave_out_particles_and_honorifics() -> None:
    assert parts("Sheikh Hassan al-Turabi Jr.") == ("hassan", "turabi")
    assert parts("Abu Musab al-Zarqawi") == ("abu", "musab", "zarqawi")
    assert parts("Maulana") == ("maulana",)
    assert parts("Abd al-Malik al-Houthi") == ("abdulmalik", "houthi")
    assert parts("Salah ud-Din") == ("salahuddin",)
    assert parts("Kim Jong-un") == ("kim", "jong", "un")
