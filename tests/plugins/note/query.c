/* Which notes a query matches, in which order, and which of them make up its page. */
#include "note.h"

#include <ctype.h>
#include <stdlib.h>

/* The query by which compare_notes sorts on this thread; qsort has no argument for it. */
static _Thread_local const parley_query *sorting;

static int is_field(const parley_str *field, const char *name) {
  const parley_str expected = parley_str_of(name);
  return parley_str_equal(field, &expected) == 1;
}

static const parley_filter *filter_at(const parley_query *query, size_t index) {
  return PARLEY_AT(parley_filter, query->filters, query->filter_size, index);
}

static const parley_sort *sort_at(const parley_query *query, size_t index) {
  return PARLEY_AT(parley_sort, query->sorts, query->sort_size, index);
}

static int digits(const char *text, size_t count, int64_t *number) {
  *number = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') {
      return 0;
    }
    *number = *number * 10 + (text[i] - '0');
  }
  return 1;
}

/* Reads "2026-01-31T08:00:00.123456Z"; the fraction may be shorter or missing. */
static int parse_time(const parley_str *text, int64_t *microseconds) {
  const char *at = text->data;
  int64_t year, month, day, hour, minute, second, fraction = 0;
  if (text->size < 20 || text->data[text->size - 1] != 'Z' || at[4] != '-' || at[7] != '-' || at[10] != 'T' ||
      at[13] != ':' || at[16] != ':' || !digits(at, 4, &year) || !digits(at + 5, 2, &month) ||
      !digits(at + 8, 2, &day) || !digits(at + 11, 2, &hour) || !digits(at + 14, 2, &minute) ||
      !digits(at + 17, 2, &second) || month < 1 || month > 12 || day < 1 || day > 31) {
    return 0;
  }
  const size_t places = text->size - 20;
  if (places > 0) {
    if (places < 2 || places > 7 || at[19] != '.' || !digits(at + 20, places - 1, &fraction)) {
      return 0;
    }
    for (size_t i = places - 1; i < 6; ++i) {
      fraction *= 10;
    }
  }
  /* Days since 1970, counted from March in eras of 400 years. */
  const int64_t from_march = year - (month <= 2 ? 1 : 0);
  const int64_t era = from_march / 400;
  const int64_t year_of_era = from_march - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t days = era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
  *microseconds = ((days * 24 + hour) * 60 + minute) * INT64_C(60000000) + second * 1000000 + fraction;
  return 1;
}

static int contains(const parley_str *text, const char *part, size_t part_size) {
  for (size_t start = 0; start + part_size <= text->size; ++start) {
    size_t same = 0;
    while (same < part_size && tolower((unsigned char)text->data[start + same]) == tolower((unsigned char)part[same])) {
      ++same;
    }
    if (same == part_size) {
      return 1;
    }
  }
  return 0;
}

static int has_words(const parley_str *text, const parley_str *words) {
  size_t at = 0;
  while (at < words->size) {
    size_t end = at;
    while (end < words->size && words->data[end] != ' ') {
      ++end;
    }
    if (end > at && !contains(text, words->data + at, end - at)) {
      return 0;
    }
    at = end + 1;
  }
  return 1;
}

static int equals_value(const note *subject, const parley_filter *filter, const parley_str *value) {
  if (is_field(&filter->field, "text")) {
    return parley_str_equal(&subject->text, value) == 1;
  }
  if (is_field(&filter->field, "pinned")) {
    return is_field(value, subject->pinned ? "true" : "false");
  }
#ifdef NOTE_WITH_PRIORITY
  if (is_field(&filter->field, "priority")) {
    return is_field(value, priority_name(subject->priority));
  }
#endif
  int64_t time = 0;
  if (is_field(&filter->field, "createdAt")) {
    return parse_time(value, &time) && subject->created == time;
  }
  const parley_ref *ref = is_field(&filter->field, "record") ? &subject->record : &subject->author;
  return (filter->type.size == 0 || parley_str_equal(&filter->type, &ref->type) == 1) &&
         parley_str_equal(&ref->id, value) == 1;
}

static int compare_time(const note *subject, const parley_filter *filter) {
  int64_t time = 0;
  if (!parse_time(&filter->values[0], &time)) {
    return 0;
  }
  switch (filter->operation) {
  case PARLEY_FILTER_GREATER:
    return subject->created > time;
  case PARLEY_FILTER_GREATER_OR_EQUAL:
    return subject->created >= time;
  case PARLEY_FILTER_LESS:
    return subject->created < time;
  default:
    return subject->created <= time;
  }
}

static int matches(const note *subject, const parley_filter *filter) {
  switch (filter->operation) {
  case PARLEY_FILTER_EQUAL:
  case PARLEY_FILTER_NOT_EQUAL:
    for (size_t i = 0; i < filter->value_count; ++i) {
      if (equals_value(subject, filter, &filter->values[i])) {
        return filter->operation == PARLEY_FILTER_EQUAL;
      }
    }
    return filter->operation == PARLEY_FILTER_NOT_EQUAL;
  case PARLEY_FILTER_CONTAINS:
    return contains(&subject->text, filter->values[0].data, filter->values[0].size);
  case PARLEY_FILTER_SEARCH:
    return has_words(&subject->text, &filter->values[0]);
  case PARLEY_FILTER_EXISTS: {
    const int exists = !is_field(&filter->field, "record") || subject->record.id.size > 0;
    return is_field(&filter->values[0], exists ? "true" : "false");
  }
  default:
    return compare_time(subject, filter);
  }
}

/* Says whether a field is one that the variant adds, and that a filter names with values that it can have. */
static int is_further_filter(const parley_filter *filter) {
#ifdef NOTE_WITH_PRIORITY
  int priority = 0;
  for (size_t i = 0; i < filter->value_count && filter->operation != PARLEY_FILTER_EXISTS; ++i) {
    if (!priority_parse(&filter->values[i], &priority)) {
      return 0;
    }
  }
  return is_field(&filter->field, "priority");
#else
  (void)filter;
  return 0;
#endif
}

/* Says whether a filter makes sense at all. */
static int32_t check_filter(const parley_filter *filter, const parley_error_sink *errors) {
  const int is_text = is_field(&filter->field, "text");
  const int is_time = is_field(&filter->field, "createdAt");
  const int known = is_text || is_time || is_field(&filter->field, "pinned") || is_field(&filter->field, "record") ||
                    is_field(&filter->field, "author") || is_further_filter(filter);
  int fits = known && filter->value_count > 0;
  switch (filter->operation) {
  case PARLEY_FILTER_EQUAL:
  case PARLEY_FILTER_NOT_EQUAL:
  case PARLEY_FILTER_EXISTS:
    break;
  case PARLEY_FILTER_GREATER:
  case PARLEY_FILTER_GREATER_OR_EQUAL:
  case PARLEY_FILTER_LESS:
  case PARLEY_FILTER_LESS_OR_EQUAL:
    fits = fits && is_time;
    break;
  case PARLEY_FILTER_CONTAINS:
    fits = fits && is_text;
    break;
  case PARLEY_FILTER_SEARCH:
    fits = filter->field.size == 0 && filter->value_count > 0;
    break;
  default:
    fits = 0;
  }
  int64_t time = 0;
  if (fits && is_time && filter->operation != PARLEY_FILTER_EXISTS && !parse_time(&filter->values[0], &time)) {
    fits = 0;
  }
  return fits ? PARLEY_OK : fault(errors, PARLEY_MALFORMED, "filter", "This filter is not known.", "filter", NULL);
}

static int32_t check_query(const parley_query *query, const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < query->filter_count; ++i) {
    const int32_t answer = check_filter(filter_at(query, i), errors);
    status = answer != PARLEY_OK ? answer : status;
  }
  for (size_t i = 0; i < query->sort_count; ++i) {
    const parley_str *field = &sort_at(query, i)->field;
#ifdef NOTE_WITH_PRIORITY
    if (is_field(field, "priority")) {
      continue;
    }
#endif
    if (!is_field(field, "text") && !is_field(field, "createdAt") && !is_field(field, "pinned")) {
      status = fault(errors, PARLEY_MALFORMED, "sort", "Notes are not sorted by this field.", "sort", NULL);
    }
  }
  return status;
}

static int compare_numbers(int64_t left, int64_t right) {
  return left < right ? -1 : (left > right ? 1 : 0);
}

static int compare_text(const parley_str *left, const parley_str *right) {
  const int order = memcmp(left->data, right->data, left->size < right->size ? left->size : right->size);
  return order != 0 ? order : compare_numbers((int64_t)left->size, (int64_t)right->size);
}

/* By the sorts of the query, else the newest first; in the end by id, so that the order is total. */
static int compare_notes(const void *left_note, const void *right_note) {
  const note *left = left_note;
  const note *right = right_note;
  for (size_t i = 0; i < sorting->sort_count; ++i) {
    const parley_sort *sort = sort_at(sorting, i);
    int order = 0;
    if (is_field(&sort->field, "text")) {
      order = compare_text(&left->text, &right->text);
    } else if (is_field(&sort->field, "pinned")) {
      order = left->pinned - right->pinned;
#ifdef NOTE_WITH_PRIORITY
    } else if (is_field(&sort->field, "priority")) {
      order = left->priority - right->priority;
#endif
    } else {
      order = compare_numbers(left->created, right->created);
    }
    if (order != 0) {
      return sort->descending ? -order : order;
    }
  }
  const int order = sorting->sort_count == 0 ? compare_numbers(right->created, left->created) : 0;
  return order != 0 ? order : compare_numbers((int64_t)right->id, (int64_t)left->id);
}

/* Cursors are ids. One whose note is gone, or no longer in this list, is of no use. */
static int32_t find_cursor(const note_list *list, const parley_str *cursor, const char *parameter, size_t *index,
                           const parley_error_sink *errors) {
  uint64_t id = 0;
  if (parse_id(cursor, &id)) {
    for (size_t i = 0; i < list->count; ++i) {
      if (list->items[i].id == id) {
        *index = i;
        return PARLEY_OK;
      }
    }
  }
  return fault(errors, PARLEY_MALFORMED, "cursor", "This cursor does not belong to this list.", parameter, NULL);
}

int32_t select_page(const parley_query *query, note_list *found, size_t *first, size_t *end,
                    const parley_error_sink *errors) {
  int32_t status = check_query(query, errors);
  if (status != PARLEY_OK) {
    return status;
  }
  for (size_t i = found->count; i > 0; --i) {
    for (size_t k = 0; k < query->filter_count; ++k) {
      if (!matches(&found->items[i - 1], filter_at(query, k))) {
        notes_drop(found, i - 1);
        break;
      }
    }
  }
  if (found->count > 0) {
    sorting = query;
    qsort(found->items, found->count, sizeof(note), compare_notes);
    sorting = NULL;
  }
  const size_t rows = query->page_size > 0 ? query->page_size : 1;
  *first = 0;
  *end = found->count;
  if (query->after.size > 0) {
    status = find_cursor(found, &query->after, "page[after]", first, errors);
    *first += 1;
  }
  if (status == PARLEY_OK && query->before.size > 0) {
    status = find_cursor(found, &query->before, "page[before]", end, errors);
    if (status == PARLEY_OK && query->after.size == 0 && *end > rows) {
      *first = *end - rows;
    }
  }
  if (status != PARLEY_OK) {
    return status;
  }
  if (query->page_number > 1) {
    const uint64_t skipped = (uint64_t)(query->page_number - 1) * rows;
    *first = skipped < found->count ? (size_t)skipped : found->count;
  }
  if (*end < *first) {
    *end = *first;
  }
  if (*end - *first > rows) {
    *end = *first + rows;
  }
  return PARLEY_OK;
}
