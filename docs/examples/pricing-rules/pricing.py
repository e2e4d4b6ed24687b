"""Prices by country, customer and season. Set the rules in the Inputs tab.

Config: `country` ("us", "jp", otherwise the European Union), `customer`
("business" for net prices), and `campaign` (a discount in percent).
"""

from decimal import Decimal

from headwater import config

CENT = Decimal("0.01")
YEN = Decimal(1)


def list_price(
    price: Decimal = Decimal("120.00"), quantity: int = 12
) -> Decimal:
    """Price of all pieces before discounts, in the local currency."""
    return price * quantity


def quantity_discount(quantity: int = 12) -> Decimal:
    """Discount for at least 10 or 100 pieces, as a fraction."""
    if quantity >= 100:
        return Decimal("0.15")
    return Decimal("0.05") if quantity >= 10 else Decimal()


@config.where(lambda campaign=0: campaign > 0)
def campaign_discount__on(campaign: int) -> Decimal:
    """Discount of the campaign, as a fraction."""
    return Decimal(campaign) / 100


@config.otherwise
def campaign_discount__off() -> Decimal:
    """No campaign, no discount."""
    return Decimal()


def discount(quantity_discount: Decimal, campaign_discount: Decimal) -> Decimal:
    """The better of the two discounts, as a fraction."""
    return max(quantity_discount, campaign_discount)


def net_price(list_price: Decimal, discount: Decimal) -> Decimal:
    """Price after the discount and before tax, in the local currency."""
    return list_price * (1 - discount)


@config.when(customer="business")
def tax_rate__business() -> Decimal:
    """Businesses declare the tax themselves."""
    return Decimal()


@config.when(country="us")
@config.when_not(customer="business")
def tax_rate__us(state_tax: Decimal = Decimal("0.0725")) -> Decimal:
    """Sales tax of the state, as a fraction."""
    return state_tax


@config.when(country="jp")
@config.when_not(customer="business")
def tax_rate__jp() -> Decimal:
    """Consumption tax, as a fraction."""
    return Decimal("0.10")


@config.otherwise
def tax_rate__eu(vat: Decimal = Decimal("0.19")) -> Decimal:
    """Value added tax, as a fraction."""
    return vat


@config.when(country="jp")
def total__jp(net_price: Decimal, tax_rate: Decimal) -> Decimal:
    """Amount to pay, in yen."""
    return (net_price * (1 + tax_rate)).quantize(YEN)


@config.otherwise
def total__cents(net_price: Decimal, tax_rate: Decimal) -> Decimal:
    """Amount to pay, in the local currency."""
    return (net_price * (1 + tax_rate)).quantize(CENT)
