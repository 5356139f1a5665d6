"""Everything that is drawn before anything is written."""

from dataclasses import dataclass

from simulate.activity.deals import Deals, build_deals
from simulate.activity.messages import Meetings, Messages, build_meetings, build_messages
from simulate.activity.orders import Orders, build_orders
from simulate.activity.tickets import Tickets, build_tickets
from simulate.company.catalogue import Catalogue, build_catalogue
from simulate.company.market import Market, build_market
from simulate.company.mood import Moods, build_moods
from simulate.company.needs import Needs, build_needs
from simulate.company.people import People, build_people
from simulate.company.staff import Staff, build_staff
from simulate.config import SimulationConfig
from simulate.dirt.doubles import Doubles, build_doubles
from simulate.export.ids import Keys, build_keys
from simulate.names.companies import CompanyNames, build_company_names
from simulate.names.persons import ContactNames, StaffNames, build_contact_names, build_staff_names


@dataclass(frozen=True, slots=True)
class World:
    """The simulated world by subject."""

    config: SimulationConfig
    market: Market
    catalogue: Catalogue
    needs: Needs
    moods: Moods
    people: People
    staff: Staff
    orders: Orders
    deals: Deals
    messages: Messages
    meetings: Meetings
    tickets: Tickets
    companies: CompanyNames
    contacts: ContactNames
    colleagues: StaffNames
    doubles: Doubles
    keys: Keys


def build_world(config: SimulationConfig) -> World:
    """Draw the world of `config`: first who there is, then what moves them, then what they do."""
    market, catalogue = build_market(config), build_catalogue(config)
    needs, moods = build_needs(config, market), build_moods(config, market)
    people, staff = build_people(config, market, moods), build_staff(config, market)
    deals = build_deals(config, market, needs, catalogue, people)
    companies = build_company_names(config, market)
    doubles = build_doubles(config, companies)
    return World(
        config=config,
        market=market,
        catalogue=catalogue,
        needs=needs,
        moods=moods,
        people=people,
        staff=staff,
        orders=build_orders(config, moods, needs, catalogue),
        deals=deals,
        messages=build_messages(config, people, moods, deals, staff),
        meetings=build_meetings(config, people, deals, staff),
        tickets=build_tickets(config, people, moods, staff),
        companies=companies,
        contacts=build_contact_names(config, market, people, companies),
        colleagues=build_staff_names(config, staff),
        doubles=doubles,
        keys=build_keys(config, doubles, people.contacts),
    )
