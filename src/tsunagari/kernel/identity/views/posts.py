"""担当を切り替える: a clerk with several posts chooses as which she acts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from tsunagari.kernel.identity.actions.choose_post import note_choice
from tsunagari.kernel.identity.api import POST, acting, staff_only


@staff_only
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Show the posts held today; keep the chosen one for this session."""
    actor = acting(request)
    if request.method != "POST":
        return render(
            request,
            "identity/switch_post.html",
            {"actor": actor, "next": request.GET.get("next", "")},
        )
    chosen = next(
        (post for post in actor.posts if post.public_id == request.POST.get("post")), None
    )
    if chosen is None:
        messages.error(request, gettext("その職は、いまはありません。一覧から選んでください。"))
        return HttpResponseRedirect(reverse("identity_switch_post"))
    request.session[POST] = chosen.public_id
    note_choice(actor.public_id, chosen)
    messages.success(
        request,
        gettext("%(division)s（%(title)s）に切り替えました。")
        % {"division": chosen.division_name, "title": chosen.title},
    )
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/console/"
