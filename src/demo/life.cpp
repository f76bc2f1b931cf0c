#include "demo/life.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace shouyue::demo {
namespace {

using insurer::Change;
using insurer::Channel;
using insurer::PayMode;

constexpr std::size_t policy_no_length = 16;
constexpr std::size_t index_digits = 8;
constexpr int one_year = 12;

std::string padded(int number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::uint64_t key(int index) { return static_cast<std::uint64_t>(index); }

std::string address_of(Random& random, const City& city) {
  const County& county = city.counties[static_cast<std::size_t>(random.below(static_cast<int>(city.counties.size())))];
  return city.province + (city.name == city.province ? "" : city.name) + county.name + "示范路" +
         std::to_string(random.between(1, 399)) + "号";
}

int one_of(Random& random, const std::vector<int>& list) {
  return list[static_cast<std::size_t>(random.below(static_cast<int>(list.size())))];
}

// First-period commission in thousandths of the premium. Invented: it only has to differ by the length of payment.
int commission_share(int pay_years) {
  if (pay_years <= 1) return 30;
  if (pay_years <= 3) return 80;
  return pay_years <= 5 ? 120 : pay_years <= 10 ? 180 : 300;
}

bool needs_agent(Story story) { return story == Story::agents_phone; }

}  // namespace

std::string policy_number(const City& city, Date issued_on, int index) {
  return "88" + padded(city.province_code / 10000, 2) + padded(issued_on.year(), 4) + padded(index, index_digits);
}

std::optional<int> index_of(std::string_view policy_no) {
  if (policy_no.size() != policy_no_length || !policy_no.starts_with("88")) return std::nullopt;
  const auto text = policy_no.substr(policy_no_length - index_digits);
  int index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

bool LifeTeller::is_second_policy(int index) const {
  return index % 2 == 1 && Random(seed_, "second policy", key(index)).permille(80) &&
         story_of(seed_, index).story == Story::plain && story_of(seed_, index - 1).story == Story::plain;
}

const Desk& LifeTeller::choose_desk(Random& random, Story story, bool backlog) const {
  for (;;) {
    const Desk& desk = network_.desks[random.weighted(network_.desk_weights)];
    if (backlog && desk.channel != Channel::agency) continue;
    if (story == Story::plain) return desk;
    if (desk.channel == Channel::group) continue;  // out of scope: the story could not be seen
    if (needs_agent(story) && desk.agents.empty()) continue;
    if (story == Story::prefixed_mobile && desk.channel != Channel::bancassurance) continue;
    return desk;
  }
}

const ProductOffer& LifeTeller::choose_product(Random& random, Channel channel, Story story) const {
  std::vector<int> weights;
  for (const ProductOffer& offer : product_offers()) {
    const bool out_of_scope = offer.term_months.front() == one_year && channel != Channel::group;
    const bool fits = (offer.channels & insurer::bit(channel)) != 0 && !(out_of_scope && story != Story::plain);
    weights.push_back(fits ? offer.weight : 0);
  }
  return product_offers()[random.weighted(weights)];
}

void LifeTeller::give_terms(Random& random, const ProductOffer& offer, insurer::Policy& policy) const {
  policy.product_code = offer.product.code;
  const int years = one_of(random, offer.pay_years);
  policy.pay_years = years == 0 ? 1 : years;
  policy.term_months = one_of(random, offer.term_months);
  const bool single = years <= 1;
  policy.pay_mode = single                 ? PayMode::single
                    : random.permille(880) ? PayMode::annual
                    : random.permille(600) ? PayMode::monthly
                    : random.permille(500) ? PayMode::quarterly
                                           : PayMode::semiannual;
  const bool bank = policy.channel == Channel::bancassurance;
  const int hundreds = offer.term_months.front() == one_year ? random.between(3, 20)
                       : bank ? (single ? random.between(100, 2000) : random.between(50, 500))
                              : random.between(15, 120) + (random.permille(120) ? random.between(100, 400) : 0);
  const int instalments = policy.pay_mode == PayMode::monthly      ? 12
                          : policy.pay_mode == PayMode::quarterly  ? 4
                          : policy.pay_mode == PayMode::semiannual ? 2
                                                                   : 1;
  policy.premium = Money::fen(std::int64_t{hundreds} * 10'000 / instalments);
  policy.commission = Money::fen(policy.premium->in_fen() * commission_share(years) / 1000);
}

void LifeTeller::sell(Random& random, const Desk& desk, Life& life, bool backlog) const {
  const City& city = tables_.cities[desk.city];
  insurer::Policy& policy = life.policy;
  Random person(seed_, "person", key(is_second_policy(life.index) ? life.index - 1 : life.index));
  life.city = desk.city;
  life.branch_code = desk.org_code.substr(0, 4);
  life.holder = make_person(person, tables_, city, ages_on_);
  policy.channel = desk.channel;
  policy.org_code = desk.org_code;
  policy.policy_no = policy_number(city, policy.issued_on, life.index);
  give_terms(random, choose_product(random, desk.channel, life.story), policy);
  policy.holder_name = life.holder.name;
  policy.holder_id_type = "id_card";
  policy.holder_id_no = life.holder.id_no;
  policy.holder_gender = life.holder.gender;
  policy.holder_birth_date = life.holder.birth_date;
  policy.insured_name = random.permille(680) ? life.holder.name : relative_name(random, tables_, life.holder);
  policy.address = address_of(random, city);
  policy.applied_on = policy.issued_on - random.between(0, 5);
  policy.effective_on = policy.issued_on + 1;
  policy.printed_on = policy.issued_on + (backlog ? 0 : random.between(0, 2));
  const int age = age_on(life.holder.birth_date, policy.issued_on);
  life.speaks_dialect_only = !city.dialect.empty() && random.permille(age >= 58 ? 550 : age >= 45 ? 90 : 8);
  if (life.speaks_dialect_only && random.permille(500)) policy.language = city.dialect;
  if (life.story == Story::waiver) policy.special_request = insurer::SpecialRequest::waiver;
  if (life.story == Story::early_visit) policy.special_request = insurer::SpecialRequest::early_visit;
}

// The number that the application form carries. What is wrong with it is the story's; the truth stays in `holder`.
void LifeTeller::give_phones(Life& life, int place, const insurer::Agent* agent) const {
  insurer::Policy& policy = life.policy;
  const City& city = tables_.cities[life.city];
  Random random(seed_, "phone", key(life.index));
  policy.mobile_phone = life.holder.mobile;
  policy.home_phone = life.holder.home_phone;
  if (has_bad_number(life.story)) policy.home_phone.clear();
  switch (life.story) {
    case Story::no_phone: policy.mobile_phone.clear(); break;
    case Story::wrong_digits: policy.mobile_phone.pop_back(); break;
    case Story::agents_phone: policy.mobile_phone = agent->phone; break;
    case Story::shared_phone: {
      constexpr int holders = 3;
      const int group = life.index / 1000 * 100 + place / holders;
      Random shared(seed_, "shared phone", key(group));
      policy.mobile_phone = mobile_number(shared);
      break;
    }
    case Story::prefixed_mobile:  // as a bank's front end sends it: into the office field, with the local area code
      policy.mobile_phone.clear();
      policy.work_phone = city.area_code + life.holder.mobile;
      break;
    case Story::fax:
    case Story::recorder:
      policy.mobile_phone.clear();
      policy.work_phone = fixed_line_number(random, city);
      break;
    default:
      if (has_bad_number(life.story)) policy.mobile_phone = mobile_number(random);
  }
}

Life LifeTeller::tell(int index, Date issued_on, bool backlog) const {
  const StoryPlace place = backlog ? StoryPlace{Story::receipt_late, 0} : story_of(seed_, index);
  Random random(seed_, "life", key(index));
  Life life;
  life.index = index;
  life.story = place.story;
  life.policy.issued_on = issued_on;
  Random where(seed_, "desk", key(!backlog && is_second_policy(index) ? index - 1 : index));
  const Desk& desk = choose_desk(where, life.story, backlog);
  sell(random, desk, life, backlog);
  const insurer::Agent* agent = nullptr;
  if (!desk.agents.empty()) {
    agent = &network_.agents[desk.agents[static_cast<std::size_t>(random.below(static_cast<int>(desk.agents.size())))]];
    life.policy.agent_code = agent->code;
  }
  give_phones(life, place.place, agent);
  give_receipt(random, life, backlog);
  give_changes(random, life);
  const bool gets_a_link = life.policy.channel == Channel::bancassurance || life.policy.channel == Channel::telesales ||
                           life.policy.channel == Channel::online;
  if (gets_a_link && life.receipt->electronic && !life.speaks_dialect_only && !has_bad_number(life.story) &&
      random.permille(600))
    life.link_answered_on = *life.receipt->signed_on + 1;
  if (life.story == Story::receipt_corrected && life.receipt)
    life.corrected_on = *life.receipt->reconciled_on + random.between(2, 6);
  if (life.story == Story::phone_corrected || life.story == Story::name_corrected)
    life.corrected_on = issued_on + random.between(6, 14);
  return life;
}

void LifeTeller::give_receipt(Random& random, Life& life, bool backlog) const {
  const insurer::Policy& policy = life.policy;
  insurer::Receipt receipt;
  receipt.electronic = policy.channel == Channel::online || random.permille(300);
  static constexpr std::array<int, 8> delivery{10, 26, 22, 14, 10, 8, 6, 4};  // days after printing
  Date delivered =
      *policy.printed_on + (receipt.electronic ? random.below(2) : 1 + static_cast<int>(random.weighted(delivery)));
  if (life.story == Story::contract_not_received) delivered = *policy.printed_on + random.between(22, 34);
  if (backlog) delivered = policy.issued_on + random.between(94, 106);
  receipt.delivered_on = delivered;
  receipt.signed_on = delivered + (receipt.electronic || random.permille(780) ? 0 : random.between(1, 4));
  receipt.signature_matches = life.story != Story::signature_differs;
  if (life.story == Story::signature_differs || life.story == Story::receipt_late) receipt.electronic = false;
  if (life.story != Story::receipt_never_returned) {
    const int late = life.story == Story::receipt_late && !backlog ? random.between(10, 30) : 0;
    receipt.handed_in_on =
        *receipt.signed_on + late + (receipt.electronic || random.permille(640) ? 0 : random.between(1, 3));
    receipt.reconciled_on = *receipt.handed_in_on + (receipt.electronic ? 0 : random.below(3));
  } else {
    receipt.electronic = false;
  }
  life.receipt = receipt;
}

void LifeTeller::give_changes(Random& random, Life& life) const {
  const Date issued = life.policy.issued_on;
  const auto add = [&](Change change, Date on, std::string value = {}) {
    life.changes.push_back({.change = change, .on = on, .value = std::move(value), .note = {}});
  };
  switch (life.story) {
    case Story::cancels_in_cooling_off:
      add(Change::cooling_off_cancel, *life.receipt->signed_on + random.between(1, 9));
      break;
    case Story::withdraws: add(Change::withdrawal, issued + random.between(1, 3)); break;
    case Story::claim_ends: add(Change::claim_termination, issued + random.between(4, 20)); break;
    case Story::surrenders_later: add(Change::surrender, *life.receipt->signed_on + random.between(20, 40)); break;
    case Story::moves_away: add(Change::transfer_out, issued + random.between(8, 30)); break;
    case Story::phone_change_reported: {
      Random phone(seed_, "new phone", key(life.index));
      life.policy.mobile_phone = mobile_number(phone);  // the old one, on the form
      add(Change::phone_change, issued + random.between(3, 9), life.holder.mobile);
      break;
    }
    default: break;
  }
}

insurer::Policy LifeTeller::corrected_policy(const Life& life) const {
  insurer::Policy policy = life.policy;
  if (life.story == Story::phone_corrected) policy.mobile_phone = life.holder.mobile;
  if (life.story == Story::name_corrected) {
    Random random(seed_, "right name", key(life.index));
    policy.holder_name = relative_name(random, tables_, life.holder);
  }
  return policy;
}

insurer::Receipt LifeTeller::receipt_before_correction(const Life& life) const {
  insurer::Receipt receipt = *life.receipt;
  receipt.delivered_on = life.policy.printed_on;  // the day of printing taken for the day of signing
  receipt.signed_on = life.policy.printed_on;
  return receipt;
}

}  // namespace shouyue::demo
