/* One exact product of integers; the cap before the conversion, so that nothing
 * overflows.
 */
#include "procedure/surcharge.h"

int64_t
surcharge_after(const struct surcharge *s, int64_t days)
{
	__int128 sum;

	if (days <= 0 || s->of <= 0 || s->parts <= 0 || s->whole <= 0)
		return 0;
	sum = (__int128)s->of * s->parts * days / s->whole;
	return sum > s->cap ? s->cap : (int64_t)sum;
}
